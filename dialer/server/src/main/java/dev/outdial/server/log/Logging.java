package dev.outdial.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Sets up the log of the whole process. <b>Threading:</b> any; meant for its start. */
public final class Logging {
    private static final String OURS = "dev.outdial";

    private Logging() {}

    /** Has our own parts tell things from a level on, and leave out others. @param level error, warn, info or debug */
    public static void use(String level, Masks masks) {
        MaskedConverter.use(masks);
        if (LoggerFactory.getLogger(OURS) instanceof Logger logger) logger.setLevel(Level.toLevel(level));
    }
}
