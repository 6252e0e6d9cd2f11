package dev.outdial.server.log;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * A line of the log as one JSON object, as logback's {@link JsonEncoder} has it, without what {@link Masks} leave out: {@code timestamp} in
 * milliseconds, {@code level}, {@code threadName}, {@code loggerName}, {@code mdc.call} where it is of a call, {@code formattedMessage},
 * {@code throwable}. <b>Threading:</b> any.
 */
final class JsonLines extends JsonEncoder {
    private final Masks masks;

    JsonLines(Masks masks) {
        this.masks = masks;
        setWithSequenceNumber(false);
        setWithNanoseconds(false);
        setWithContext(false);
        setWithMarkers(false);
        setWithKVPList(false);
        // Pattern and arguments say the same once more, and would have to be masked one by one.
        setWithMessage(false);
        setWithArguments(false);
        setWithFormattedMessage(true);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return super.encode(new MaskedEvent(event, masks));
    }
}
