package dev.outdial.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Sets up the log of the whole process. <b>Threading:</b> any; meant for its start. */
public final class Logging {
    private static final String OURS = "dev.outdial";
    /** As logback.xml names it. */
    private static final String APPENDER = "stderr";

    private Logging() {}

    /** Has our own parts tell things from a level on, and leave out others. @param level error, warn, info or debug */
    public static void use(String level, Masks masks) {
        MaskedConverter.use(masks);
        if (LoggerFactory.getLogger(OURS) instanceof Logger logger) logger.setLevel(Level.toLevel(level));
    }

    /** From now on each line is a JSON object. */
    public static void asJson(Masks masks) {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root
                && root.getAppender(APPENDER) instanceof ConsoleAppender<ILoggingEvent> console) {
            var lines = new JsonLines(masks);
            lines.setContext(root.getLoggerContext());
            lines.start();
            console.setEncoder(lines);
        }
    }
}
