package dev.outdial.server.otel;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what OpenTelemetry's library writes to the JDK's log, as that a receiver is away, stand in ours, in its format and with its masks.
 * <b>Threading:</b> any.
 */
final class LibraryLog extends Handler {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LibraryLog.class);
    /** Held here: the JDK forgets loggers that nobody holds, and their handlers with them. */
    private static final Logger THEIRS = Logger.getLogger("io.opentelemetry");

    private LibraryLog() {}

    /** From now on; once for the whole process. */
    static synchronized void take() {
        if (!THEIRS.getUseParentHandlers()) return;
        THEIRS.setUseParentHandlers(false);
        THEIRS.addHandler(new LibraryLog());
    }

    @Override
    public void publish(LogRecord entry) {
        // Without what was thrown: it says no more, a line for each place in the code.
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) LOG.warn("traces: {}", entry.getMessage());
        else LOG.debug("traces: {}", entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
