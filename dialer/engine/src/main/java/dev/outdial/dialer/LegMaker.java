package dev.outdial.dialer;

import dev.outdial.dialer.call.Addressing;
import dev.outdial.dialer.call.CallLimits;
import dev.outdial.dialer.call.Detouring;
import dev.outdial.dialer.call.Detours;
import dev.outdial.dialer.call.DialledLeg;
import dev.outdial.dialer.call.EngineRoom;
import dev.outdial.dialer.call.LegPlan;
import dev.outdial.dialer.call.OutgoingLeg;
import dev.outdial.dialer.call.Retrying;
import dev.outdial.dialer.call.SuccessiveLeg;
import dev.outdial.dialer.call.TrunkLine;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.retry.RetryPolicy;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.sip.message.SipUri;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Makes of a request the leg that may be dialled for it, or says what makes no sense in it. <b>Threading:</b> any thread; nothing waits, and
 * nothing is sent before a leg is run.
 */
final class LegMaker {
    private final EngineRoom room;
    private final Lines lines;

    LegMaker(EngineRoom room, Lines lines) {
        this.room = room;
        this.lines = lines;
    }

    /** @throws IllegalArgumentException if the target, the caller or a trunk makes no sense; the message says why */
    void check(DialRequest request) {
        plan(request);
        request.furtherTrunks().forEach(lines::named);
    }

    /**
     * A leg, with what comes after it over other trunks or to other targets.
     *
     * @param listener hears every event in order; it only hands on
     * @throws IllegalArgumentException as by {@link #check}
     */
    DialledLeg once(DialRequest request, Consumer<CallEvent> listener) {
        if (request.furtherTrunks().isEmpty() && request.mostRedirects() == 0) {
            return new OutgoingLeg(room, plan(request), listener);
        }
        request.furtherTrunks().forEach(lines::named);
        return new SuccessiveLeg(
                ear -> new OutgoingLeg(room, plan(request), ear),
                new Detouring(
                        Detours.of(request.furtherTrunks(), request.mostRedirects()), new Attempts(request)::next),
                listener);
    }

    /** The same again and again, as the policy has it. */
    DialledLeg again(DialRequest request, RetryPolicy policy, Consumer<CallEvent> listener) {
        var again = new Retrying(
                policy,
                (attempt, ear) -> once(request.asAttempt(request.requestId(), attempt), ear),
                () -> ThreadLocalRandom.current().nextDouble(),
                room::instant);
        return new SuccessiveLeg(ear -> once(request, ear), again, listener);
    }

    /** The further attempts of one request. One owner. */
    private final class Attempts {
        private DialRequest latest;

        Attempts(DialRequest first) {
            latest = first;
        }

        OutgoingLeg next(Detours.Way way, Consumer<CallEvent> ear) {
            latest = switch (way) {
                case Detours.Way.OverTrunk over -> latest.next(Optional.of(over.trunk()), latest.target());
                case Detours.Way.ToTarget to -> latest.next(latest.trunk(), to.sipUri());
            };
            return new OutgoingLeg(room, plan(latest), ear);
        }
    }

    private LegPlan plan(DialRequest request) {
        Optional<TrunkLine> line = request.trunk().map(lines::named);
        SipUri target = Addressing.target(line.map(TrunkLine::trunk), request.target());
        var attempt = new Attempt(
                request.requestId(),
                request.attempt(),
                request.trunk().orElse(Trunk.DIRECT),
                request.target(),
                UUID.randomUUID().toString());
        return new LegPlan(
                attempt,
                line,
                target,
                new CallLimits(request.ringFor(), request.maxDuration()),
                request.callerId(),
                request.displayName(),
                request.wire().or(() -> line.map(known -> known.trunk().wire())).orElse(WireOptions.DEFAULT),
                request.caller(),
                request.tones().map(ProgressTones::of),
                request.detection());
    }
}
