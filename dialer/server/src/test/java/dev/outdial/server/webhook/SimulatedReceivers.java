package dev.outdial.server.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Receivers, their network and the loop that delivers to them, in simulated time. */
final class SimulatedReceivers {
    static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private static final Duration BETWEEN_TURNS = Duration.ofMillis(100);

    private final SimulatedOutbox outbox = new SimulatedOutbox();
    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparingLong(Happening::number));
    private final Map<String, BiFunction<Parcel, Instant, Reply>> receivers = new HashMap<>();
    private final Set<String> streamsUnderWay = new HashSet<>();
    private final List<Try> tries = new ArrayList<>();
    private final DeliveryLoop loop;
    private Instant now = START;
    private long happeningCount;

    /** What a receiver does with a delivery. */
    record Reply(Answer answer, Duration after) {
        static Reply ok(Duration after) {
            return new Reply(new Answer.Accepted(), after);
        }

        static Reply unreachable() {
            return new Reply(new Answer.Unreachable("connection refused"), Duration.ofMillis(1));
        }
    }

    /** A delivery that was tried. */
    record Try(Instant at, String receiver, String call, long seq, Instant created, boolean accepted) {}

    private record Happening(Instant at, long number, Runnable what) {}

    SimulatedReceivers(long seed, int mostAtOnce) {
        loop = new DeliveryLoop(outbox, this::begin, new SplittableRandom(seed), mostAtOnce);
    }

    SimulatedOutbox outbox() {
        return outbox;
    }

    List<Try> tries() {
        return tries;
    }

    Instant now() {
        return now;
    }

    void receiver(String name, BiFunction<Parcel, Instant, Reply> behaviour) {
        receivers.put(name, behaviour);
    }

    void at(Instant when, Runnable what) {
        happenings.add(new Happening(when, happeningCount++, what));
    }

    private void begin(Parcel parcel) {
        var row = parcel.row();
        if (!streamsUnderWay.add(row.stream())) throw new IllegalStateException("two of one call at a time");
        var behaviour = receivers.get(row.endpoint());
        if (behaviour == null) throw new IllegalStateException(row.endpoint());
        Reply reply = behaviour.apply(parcel, now);
        tries.add(new Try(
                now,
                row.endpoint(),
                row.callId(),
                row.seq(),
                row.created(),
                reply.answer() instanceof Answer.Accepted));
        at(now.plus(reply.after()), () -> {
            streamsUnderWay.remove(row.stream());
            loop.answered(parcel, reply.answer(), reply.after());
        });
    }

    /** Goes on until then; the loop has a turn after each answer, and ten times a second. */
    void runUntil(Instant end) {
        Instant nextTurn = now;
        while (now.isBefore(end)) {
            Happening next = happenings.peek();
            if (next != null && next.at().isBefore(nextTurn)) {
                now = next.at();
                happenings.remove();
                next.what().run();
                while (happenings.peek() != null && happenings.peek().at().equals(now)) {
                    happenings.remove().what().run();
                }
            } else {
                now = nextTurn;
                nextTurn = nextTurn.plus(BETWEEN_TURNS);
            }
            while (loop.turn(now)) {
                // As long as there is something to do at once.
            }
        }
    }

    /** Goes on until nothing is left to be delivered, or until then. */
    void runUntilAllIsOver(Instant latest, Duration step) {
        while (outbox.left() > 0 && now.isBefore(latest)) runUntil(now.plus(step));
    }
}
