package dev.outdial.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.outdial.dialer.log.LogMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** A line of the log without what {@link Masks} leave out, and with the call that it is of. Values of its thread are not masked: they are ids. */
record MaskedEvent(ILoggingEvent event, Masks masks) implements ILoggingEvent {
    @Override
    public String getMessage() {
        return getFormattedMessage();
    }

    @Override
    public String getFormattedMessage() {
        return masks.apply(String.valueOf(event.getFormattedMessage()));
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        return null;
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return Trouble.of(event.getThrowableProxy(), masks);
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        Map<String, String> values = new HashMap<>(event.getMDCPropertyMap());
        Optional<String> call = OfCall.of(event);
        call.ifPresent(name -> values.put(LogMark.KEY, name));
        return values;
    }

    @Override
    public Map<String, String> getMdc() {
        return getMDCPropertyMap();
    }

    @Override
    public String getThreadName() {
        return event.getThreadName();
    }

    @Override
    public Level getLevel() {
        return event.getLevel();
    }

    @Override
    public String getLoggerName() {
        return event.getLoggerName();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return event.getLoggerContextVO();
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return event.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return event.hasCallerData();
    }

    @Override
    public List<Marker> getMarkerList() {
        return event.getMarkerList();
    }

    @Override
    public long getTimeStamp() {
        return event.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return event.getNanoseconds();
    }

    @Override
    public long getSequenceNumber() {
        return event.getSequenceNumber();
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        return List.of();
    }

    @Override
    public void prepareForDeferredProcessing() {
        event.prepareForDeferredProcessing();
    }

    /** What was thrown, with its sentences masked. */
    private record Trouble(IThrowableProxy thrown, Masks masks) implements IThrowableProxy {
        static @Nullable IThrowableProxy of(@Nullable IThrowableProxy thrown, Masks masks) {
            return thrown == null ? null : new Trouble(thrown, masks);
        }

        @Override
        public @Nullable String getMessage() {
            String message = thrown.getMessage();
            return message == null ? null : masks.apply(message);
        }

        @Override
        public String getClassName() {
            return thrown.getClassName();
        }

        @Override
        public StackTraceElementProxy[] getStackTraceElementProxyArray() {
            return thrown.getStackTraceElementProxyArray();
        }

        @Override
        public int getCommonFrames() {
            return thrown.getCommonFrames();
        }

        @Override
        public @Nullable IThrowableProxy getCause() {
            return of(thrown.getCause(), masks);
        }

        @Override
        public IThrowableProxy[] getSuppressed() {
            IThrowableProxy[] all = thrown.getSuppressed();
            var masked = new IThrowableProxy[all == null ? 0 : all.length];
            for (int i = 0; i < masked.length; i++) masked[i] = new Trouble(all[i], masks);
            return masked;
        }

        @Override
        public boolean isCyclic() {
            return thrown.isCyclic();
        }
    }
}
