package dev.outdial.dialer;

import dev.outdial.dialer.call.HangUpReason;
import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.call.Talk;
import dev.outdial.sip.message.Replaces;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The calls of a dialer that go on, and whether more may come: no call begins beside a dialer that closes.
 *
 * <p><b>Threading:</b> any thread; nothing waits but {@link #meantBy}, for the calls' mailboxes.
 */
final class RunningCalls {
    private final Set<Leg> legs = ConcurrentHashMap.newKeySet();
    private final Set<CallGroup> groups = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private volatile boolean closed;

    /**
     * Begins something, unless the dialer closes: who closes it knows of all that has begun.
     *
     * @throws IllegalStateException if it is closed, or closes
     */
    synchronized void whileOpen(Runnable beginning) {
        if (closed || draining) {
            throw new IllegalStateException(
                    closed ? "the dialer is closed" : "the dialer closes: it places no more calls");
        }
        beginning.run();
    }

    /**
     * Begins a call and remembers it until it has ended.
     *
     * @throws IllegalStateException if the dialer is closed, or closes
     */
    void begin(Leg leg, Runnable beginning) {
        whileOpen(() -> {
            legs.add(leg);
            beginning.run();
        });
        forgetInTime(leg);
    }

    /**
     * The same for a group, whose calls are remembered by themselves.
     *
     * @throws IllegalStateException if the dialer is closed, or closes
     */
    void begin(CallGroup group, Runnable beginning) {
        whileOpen(() -> {
            groups.add(group);
            beginning.run();
        });
        var unused = group.over().whenComplete((nothing, trouble) -> groups.remove(group));
    }

    /** Remembers a call to us until it has ended; false where no more calls are wanted. */
    boolean remember(Leg leg) {
        synchronized (this) {
            if (closed || draining) return false;
            legs.add(leg);
        }
        forgetInTime(leg);
        return true;
    }

    private void forgetInTime(Leg leg) {
        var unused = leg.ended().whenComplete((outcome, trouble) -> legs.remove(leg));
    }

    boolean isOver() {
        return closed;
    }

    /** Whether it is one of these, or was. */
    boolean knows(Leg leg) {
        return legs.contains(leg) || leg.ended().isDone();
    }

    /** The answered call by that trunk whose dialog is named; empty where there is none. */
    Optional<Leg> meantBy(Replaces replaces, String trunk) {
        for (Leg leg : legs) {
            Talk runner = leg.placed().getNow(null);
            // A call that ends meanwhile is not there any more.
            if (runner != null
                    && CompletableFuture.anyOf(runner.isMeantBy(replaces, trunk), leg.ended())
                            .join()
                            .equals(true)) {
                return Optional.of(leg);
            }
        }
        return Optional.empty();
    }

    /** Completes when those by that trunk have ended that go on now, or are about to be placed. */
    CompletableFuture<?> endOfThoseBy(String trunk) {
        return endOf(leg -> {
            Talk placed = leg.placed().getNow(null);
            return placed == null || placed.goesBy(trunk);
        });
    }

    /** Completes when all have ended that go on now. */
    CompletableFuture<?> end() {
        return endOf(leg -> true);
    }

    private CompletableFuture<?> endOf(Predicate<Leg> wanted) {
        return CompletableFuture.allOf(
                legs.stream().filter(wanted).map(Leg::ended).toArray(CompletableFuture[]::new));
    }

    /** From now on none begins, and what waits to be dialled ends; those that go on go on. */
    void takeNoMore() {
        synchronized (this) {
            draining = true;
        }
        groups.forEach(CallGroup::dialNoMore);
        legs.forEach(Leg::dialNoMore);
    }

    void hangUp(HangUpReason reason) {
        legs.forEach(leg -> leg.hangUp(reason));
    }

    /** From now on none begins, and those that go on are ended. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        legs.forEach(Leg::hangUp);
    }
}
