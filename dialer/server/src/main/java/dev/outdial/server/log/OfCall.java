package dev.outdial.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.outdial.dialer.log.LogMark;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of which call a line is. */
final class OfCall {
    private static final Pattern NAMED = Pattern.compile("^call=(\\S{1,256})");

    private OfCall() {}

    /** What its thread worked for; else the one that the line begins with; empty where it is of none. */
    static Optional<String> of(ILoggingEvent event) {
        return marked(event).or(() -> named(event));
    }

    static Optional<String> marked(ILoggingEvent event) {
        return Optional.ofNullable(event.getMDCPropertyMap().get(LogMark.KEY)).filter(call -> !call.isEmpty());
    }

    private static Optional<String> named(ILoggingEvent event) {
        Matcher form = NAMED.matcher(String.valueOf(event.getFormattedMessage()));
        return form.find() ? Optional.of(form.group(1)) : Optional.empty();
    }
}
