package dev.outdial.server.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** {@code %ofcall} in a pattern of logback: the call that a line is of in brackets, where the line does not name it itself. <b>Threading:</b> any. */
public final class OfCallConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        String line = String.valueOf(event.getFormattedMessage());
        return OfCall.marked(event)
                .filter(call -> !line.contains(call))
                .map(call -> "[" + call + "] ")
                .orElse("");
    }
}
