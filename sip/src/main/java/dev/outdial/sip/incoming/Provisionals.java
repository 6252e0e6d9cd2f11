package dev.outdial.sip.incoming;

import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said of a call before its final response: plainly, or so that it must be acknowledged (RFC 3262). Of the latter only one is
 * out at a time; the others wait.
 *
 * @param latest what was said last: 100 at first
 * @param againAtNanos when it is said again, for proxies on the way
 * @param unacknowledged the one that waits for its PRACK
 * @param waiting what is said next
 * @param nextRseq the number of the next reliable one
 * @param agreed whether a session description in one of these was acknowledged, and the first exchange of offer and answer is done with
 */
record Provisionals(
        SipAnswer latest,
        long againAtNanos,
        Optional<Unacknowledged> unacknowledged,
        List<Waiting> waiting,
        long nextRseq,
        boolean agreed) {
    private static final int MOST_WAITING = 16;

    record Unacknowledged(SipAnswer answer, long rseq, Repetition repetition) {
        boolean isDescribed() {
            return answer.body().isPresent();
        }
    }

    record Waiting(int status, Optional<MessageBody> body) {}

    /** What there is to be sent now. */
    record Turn(Provisionals next, Optional<SipAnswer> answer) {}

    Provisionals {
        waiting = List.copyOf(waiting);
    }

    static Provisionals trying(IncomingSetup setup, long nowNanos) {
        return new Provisionals(
                SipAnswer.of(100, "Trying"),
                nowNanos + IncomingTimer.STILL_RINGING.nanos(),
                Optional.empty(),
                List.of(),
                setup.firstRseq(),
                false);
    }

    Turn ring(IncomingSetup setup, int status, Optional<MessageBody> body, long now) {
        boolean reliable = setup.requires("100rel") || (setup.supports("100rel") && body.isPresent());
        if (!reliable) {
            SipAnswer answer = Answers.provisional(setup, status, body);
            return new Turn(
                    new Provisionals(answer, inAMinute(now), unacknowledged, waiting, nextRseq, agreed),
                    Optional.of(answer));
        }
        if (unacknowledged.isPresent()) {
            // Who rings faster than anybody can acknowledge is not followed without end.
            if (waiting.size() >= MOST_WAITING) return new Turn(this, Optional.empty());
            var longer = new ArrayList<>(waiting);
            longer.add(new Waiting(status, body));
            return new Turn(
                    new Provisionals(latest, againAtNanos, unacknowledged, longer, nextRseq, agreed), Optional.empty());
        }
        SipAnswer answer = Answers.reliable(setup, status, body, nextRseq);
        var out = new Unacknowledged(answer, nextRseq, Repetition.ofProvisional(now));
        return new Turn(
                new Provisionals(answer, inAMinute(now), Optional.of(out), waiting, nextRseq + 1, agreed),
                Optional.of(answer));
    }

    /** The one that is out was acknowledged: the next may go. */
    Turn acknowledged(IncomingSetup setup, long now) {
        boolean nowAgreed =
                agreed || unacknowledged.filter(Unacknowledged::isDescribed).isPresent();
        var rest = new Provisionals(latest, againAtNanos, Optional.empty(), List.of(), nextRseq, nowAgreed);
        if (waiting.isEmpty()) return new Turn(rest, Optional.empty());
        Waiting first = waiting.getFirst();
        Turn turn = rest.ring(setup, first.status(), first.body(), now);
        return new Turn(turn.next().waitingFor(waiting.subList(1, waiting.size())), turn.answer());
    }

    /** What is said again, where it is time. */
    Turn due(IncomingSetup setup, long now) {
        if (unacknowledged.isPresent()) {
            Unacknowledged out = unacknowledged.get();
            if (!out.repetition().isDue(now)) return new Turn(this, Optional.empty());
            var again = new Unacknowledged(
                    out.answer(), out.rseq(), out.repetition().again(now));
            return new Turn(
                    new Provisionals(latest, inAMinute(now), Optional.of(again), waiting, nextRseq, agreed),
                    Optional.of(out.answer()));
        }
        if (now - againAtNanos < 0) return new Turn(this, Optional.empty());
        // A number of its own makes it another response (RFC 3262 section 3): its description was acknowledged.
        if (setup.requires("100rel") && latest.status() > 100) {
            return ring(setup, latest.status(), Optional.empty(), now);
        }
        SipAnswer answer = latest.status() > 100 ? plain(setup) : latest;
        return new Turn(
                new Provisionals(answer, inAMinute(now), unacknowledged, waiting, nextRseq, agreed),
                Optional.of(answer));
    }

    private SipAnswer plain(IncomingSetup setup) {
        boolean wasReliable = latest.headers().first("RSeq").isPresent();
        return wasReliable ? Answers.provisional(setup, latest.status(), Optional.empty()) : latest;
    }

    /** Whether the first acknowledged description is still on its way: no 2xx may leave before (RFC 3262 section 3). */
    boolean isDescriptionOut() {
        return unacknowledged.filter(Unacknowledged::isDescribed).isPresent();
    }

    boolean isLost(long now) {
        return unacknowledged.filter(out -> out.repetition().isOver(now)).isPresent();
    }

    Provisionals waitingFor(List<Waiting> others) {
        return new Provisionals(latest, againAtNanos, unacknowledged, others, nextRseq, agreed);
    }

    long nextDeadlineNanos() {
        return unacknowledged.map(out -> out.repetition().nextDeadlineNanos()).orElse(againAtNanos);
    }

    private static long inAMinute(long now) {
        return now + IncomingTimer.STILL_RINGING.nanos();
    }
}
