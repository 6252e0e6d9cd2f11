package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.retry.RetryPolicy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dials the same again after a while, as a {@link RetryPolicy} has it. One owner. */
public final class Retrying implements SuccessiveLeg.Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Retrying.class);

    private final RetryPolicy policy;
    private final Dialling dialling;
    private final DoubleSupplier random;
    private final InstantSource clock;

    /** Makes the legs. */
    @FunctionalInterface
    public interface Dialling {
        /** The leg that is the request's attempt of that number. */
        DialledLeg next(int attempt, Consumer<CallEvent> listener);
    }

    /**
     * Dials again by this policy.
     *
     * @param random from 0 up to 1, evenly distributed
     * @param clock says when the next attempt is due, for people
     */
    public Retrying(RetryPolicy policy, Dialling dialling, DoubleSupplier random, InstantSource clock) {
        this.policy = policy;
        this.dialling = dialling;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Optional<SuccessiveLeg.Next> after(DialledLeg before, CallOutcome outcome, Consumer<CallEvent> ear) {
        return switch (policy.decide(before.attempt(), outcome, random.getAsDouble())) {
            case RetryPolicy.Decision.Enough enough -> {
                LOG.debug("call={} is not dialled again: {}", before.callId(), enough.why());
                yield Optional.empty();
            }
            case RetryPolicy.Decision.Again again -> {
                int attempt = before.attempt() + 1;
                DialledLeg leg = dialling.next(attempt, ear);
                var news = new CallEvent.Retrying(clock.instant().plus(again.pause()), attempt, leg.callId(), outcome);
                yield Optional.of(new SuccessiveLeg.Next(leg, news, again.pause()));
            }
        };
    }
}
