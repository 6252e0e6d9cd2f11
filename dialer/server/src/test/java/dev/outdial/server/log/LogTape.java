package dev.outdial.server.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

/** What the log says, as it is written. <b>Threading:</b> any. */
public final class LogTape {
    private final StringBuffer text = new StringBuffer();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender;

    private LogTape(Logger logger) {
        this.logger = logger;
        var layout = new PatternLayout();
        layout.setContext(logger.getLoggerContext());
        layout.getInstanceConverterMap().put("masked", MaskedConverter::new);
        layout.setPattern("%level %logger: %masked(%msg%n%ex)");
        layout.start();
        appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                text.append(layout.doLayout(event));
            }
        };
        appender.setContext(logger.getLoggerContext());
        appender.start();
        logger.addAppender(appender);
    }

    /** Begins to listen. */
    public static LogTape of(Logger logger) {
        return new LogTape(logger);
    }

    public String text() {
        return text.toString();
    }

    public void stop() {
        boolean unused = logger.detachAppender(appender);
        appender.stop();
    }
}
