package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on at once over another trunk or to another place, as {@link Detours} has it. One owner. */
public final class Detouring implements SuccessiveLeg.Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Detouring.class);

    private final Dialling dialling;
    private Detours detours;

    /** Makes the legs. */
    @FunctionalInterface
    public interface Dialling {
        /**
         * The leg that goes that way, as the next attempt.
         *
         * @throws IllegalArgumentException where nobody can be called that way
         */
        DialledLeg next(Detours.Way way, Consumer<CallEvent> listener);
    }

    /** Goes these ways. */
    public Detouring(Detours detours, Dialling dialling) {
        this.detours = detours;
        this.dialling = dialling;
    }

    @Override
    public Optional<SuccessiveLeg.Next> after(DialledLeg before, CallOutcome outcome, Consumer<CallEvent> ear) {
        Optional<Detours.Next> next = detours.after(outcome, before.redirects());
        if (next.isEmpty()) return Optional.empty();
        detours = next.get().left();
        try {
            DialledLeg leg = dialling.next(next.get().way(), ear);
            return Optional.of(new SuccessiveLeg.Next(leg, new CallEvent.Detour(leg.callId(), outcome), Duration.ZERO));
        } catch (IllegalArgumentException nowhere) {
            LOG.debug("call={} cannot go on: {}", before.callId(), nowhere.getMessage());
            return Optional.empty();
        }
    }
}
