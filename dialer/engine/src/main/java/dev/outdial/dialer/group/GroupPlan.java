package dev.outdial.dialer.group;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * In which order the members of a group are rung, and for how long. Who picks up first takes the call; the others are given up.
 *
 * @param order who is rung when
 * @param ringEach how long one member is rung, from when its INVITE was sent; as long as its request says where empty
 * @param ringInAll how long all are rung together, from the beginning; what waits for the ledger counts
 */
public record GroupPlan(Order order, Optional<Duration> ringEach, Duration ringInAll) {
    private static final Duration RING_IN_ALL = Duration.ofMinutes(2);

    /** Who is rung when. */
    public enum Order {
        /** All at once. */
        ALL_AT_ONCE,
        /** One after another: who does not pick up in time, or in any way ends unanswered, is followed by the next. */
        ONE_AFTER_ANOTHER,
        /**
         * The first who is free (a linear hunt): past a member who is busy or cannot be reached the hunt goes on; where it rang, nobody
         * after it is tried.
         */
        FIRST_FREE
    }

    public GroupPlan {
        Objects.requireNonNull(order, "order");
        ringEach.ifPresent(each -> requirePositive("ring time of a member", each));
        requirePositive("ring time of the group", ringInAll);
    }

    /** All at once, for two minutes at most. */
    public static GroupPlan ringAll() {
        return new GroupPlan(Order.ALL_AT_ONCE, Optional.empty(), RING_IN_ALL);
    }

    /** One after another, each for that time; two minutes in all. */
    public static GroupPlan oneAfterAnother(Duration each) {
        return new GroupPlan(Order.ONE_AFTER_ANOTHER, Optional.of(each), RING_IN_ALL);
    }

    /** The first who is free; two minutes in all. */
    public static GroupPlan firstFree() {
        return new GroupPlan(Order.FIRST_FREE, Optional.empty(), RING_IN_ALL);
    }

    /** The same, for that long in all. */
    public GroupPlan within(Duration time) {
        return new GroupPlan(order, ringEach, time);
    }

    /** The same, each member for that long. */
    public GroupPlan ringingEach(Duration time) {
        return new GroupPlan(order, Optional.of(time), ringInAll);
    }

    private static void requirePositive(String what, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(what + " " + time + " is not positive");
        }
    }
}
