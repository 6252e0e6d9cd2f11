package dev.outdial.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.concurrent.atomic.AtomicReference;

/** {@code %masked(...)} in a pattern of logback: what stands between the brackets, with {@link Masks} applied. <b>Threading:</b> any. */
public final class MaskedConverter extends CompositeConverter<ILoggingEvent> {
    private static final AtomicReference<Masks> MASKS = new AtomicReference<>(Masks.ALL);

    /** From now on the log leaves out that. */
    static void use(Masks masks) {
        MASKS.set(masks);
    }

    @Override
    protected String transform(ILoggingEvent event, String in) {
        return MASKS.get().apply(in);
    }
}
