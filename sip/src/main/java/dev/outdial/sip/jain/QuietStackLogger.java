package dev.outdial.sip.jain;

import dev.outdial.sip.message.Text;
import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what jain-sip has to say. Its texts may repeat whole messages, credentials included, so only their beginning is kept, and only at
 * debug level; what matters reaches this program as events. Public because jain-sip makes it by name.
 */
public final class QuietStackLogger implements StackLogger {
    private static final Logger LOG = LoggerFactory.getLogger(QuietStackLogger.class);
    private static final int KEPT_CHARACTERS = 100;

    /** For jain-sip. */
    public QuietStackLogger() {}

    private static void keep(String message, Throwable cause) {
        if (!LOG.isDebugEnabled()) return;
        String text = message.length() > KEPT_CHARACTERS ? message.substring(0, KEPT_CHARACTERS) : message;
        LOG.debug("jain-sip: {} ({})", Text.shown(text), cause.getClass().getName());
    }

    private static void keep(String message) {
        if (!LOG.isDebugEnabled()) return;
        String text = message.length() > KEPT_CHARACTERS ? message.substring(0, KEPT_CHARACTERS) : message;
        LOG.debug("jain-sip: {}", Text.shown(text));
    }

    // False everywhere: otherwise jain-sip builds a string for every step it makes.
    @Override
    public boolean isLoggingEnabled() {
        return false;
    }

    @Override
    public boolean isLoggingEnabled(int logLevel) {
        return logLevel <= TRACE_ERROR && LOG.isDebugEnabled();
    }

    @Override
    public void logError(String message) {
        keep(message);
    }

    @Override
    public void logError(String message, Exception cause) {
        keep(message, cause);
    }

    @Override
    public void logException(Throwable cause) {
        keep("exception", cause);
    }

    @Override
    public void logFatalError(String message) {
        keep(message);
    }

    @Override
    public void logWarning(String message) {
        keep(message);
    }

    @Override
    public void logInfo(String message) {}

    @Override
    public void logDebug(String message) {}

    @Override
    public void logDebug(String message, Exception cause) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int traceLevel) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String buildTimeStamp) {}

    @Override
    public void setStackProperties(Properties stackProperties) {}

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
