package dev.outdial.testbed.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Predicate;

/**
 * One direction of a bad network in simulated time: what is sent arrives later, twice, in another order or not at all. The same seed and the same
 * packets at the same times give the same deliveries. It knows no clock and no thread.
 *
 * <pre>{@code
 * var link = ImpairedLink.<RtpPacket>seed(7).delay(ofMillis(40)).jitter(ofMillis(20)).losing(0.1).dropping(p -> p.marker());
 * link.send(packet, nowNanos);
 * link.take(nowNanos).forEach(receiver::put);
 * }</pre>
 *
 * <p>Jitter alone keeps the order, as a queue in a router does; {@link #reordering} holds single packets back.
 *
 * <p><b>Threading:</b> one owner.
 *
 * @param <P> what travels
 */
public final class ImpairedLink<P> {
    private record Delivery<P>(P packet, long atNanos, long number) {}

    private record Hold<P>(Predicate<? super P> whom, long byNanos) {}

    private final long seed;
    private final Random random;
    private final PriorityQueue<Delivery<P>> travelling = new PriorityQueue<>(
            Comparator.<Delivery<P>>comparingLong(Delivery::atNanos).thenComparingLong(Delivery::number));
    private final List<Predicate<? super P>> dropped = new ArrayList<>();
    private final List<Predicate<? super P>> doubled = new ArrayList<>();
    private final List<Hold<P>> delayed = new ArrayList<>();
    private long delayNanos;
    private long jitterNanos;
    private double loss;
    private double duplication;
    private double reorderShare;
    private long reorderNanos;
    private long latestInOrderNanos = Long.MIN_VALUE;
    private long sentCount;
    private long lostCount;
    private long deliveredCount;
    private long scheduledCount;

    private ImpairedLink(long seed) {
        this.seed = seed;
        random = new Random(seed);
    }

    /** A link that does no harm yet. Its {@link #toString()} names the seed. */
    public static <P> ImpairedLink<P> seed(long seed) {
        return new ImpairedLink<>(seed);
    }

    /** Every packet takes this long. */
    public ImpairedLink<P> delay(Duration delay) {
        delayNanos = atLeastZero(delay);
        return this;
    }

    /** Every packet takes up to this much longer, evenly spread, none overtaking another. */
    public ImpairedLink<P> jitter(Duration atMost) {
        jitterNanos = atLeastZero(atMost);
        return this;
    }

    /** That share of the packets, 0 to 1, is lost. */
    public ImpairedLink<P> losing(double share) {
        loss = share(share);
        return this;
    }

    /** That share of the packets, 0 to 1, arrives twice. */
    public ImpairedLink<P> duplicating(double share) {
        duplication = share(share);
        return this;
    }

    /** That share of the packets, 0 to 1, is held back by this much, so that later ones overtake it. */
    public ImpairedLink<P> reordering(double share, Duration heldBack) {
        reorderShare = share(share);
        reorderNanos = atLeastZero(heldBack);
        return this;
    }

    /** These packets are lost. */
    public ImpairedLink<P> dropping(Predicate<? super P> whom) {
        dropped.add(whom);
        return this;
    }

    /** These packets arrive twice. */
    public ImpairedLink<P> doubling(Predicate<? super P> whom) {
        doubled.add(whom);
        return this;
    }

    /** These packets take this much longer, and later ones overtake them. */
    public ImpairedLink<P> delaying(Predicate<? super P> whom, Duration longer) {
        delayed.add(new Hold<>(whom, atLeastZero(longer)));
        return this;
    }

    /** Sends a packet. Every predicate sees every packet once, in the order of sending, so that it may count. */
    public void send(P packet, long nowNanos) {
        sentCount++;
        // All draws happen for each packet, so that a predicate more or less does not shift the others' fate.
        boolean lost = random.nextDouble() < loss;
        boolean twice = random.nextDouble() < duplication;
        boolean heldBack = random.nextDouble() < reorderShare;
        long jitter = (long) (random.nextDouble() * jitterNanos);
        for (var whom : dropped) lost |= whom.test(packet);
        for (var whom : doubled) twice |= whom.test(packet);
        long holdNanos = heldBack ? reorderNanos : 0;
        for (var hold : delayed) if (hold.whom().test(packet)) holdNanos += hold.byNanos();
        if (lost) {
            lostCount++;
            return;
        }
        long arrival = nowNanos + delayNanos + jitter;
        if (holdNanos > 0) arrival += holdNanos;
        else arrival = latestInOrderNanos = Math.max(arrival, latestInOrderNanos);
        schedule(packet, arrival);
        if (twice) schedule(packet, arrival);
    }

    private void schedule(P packet, long atNanos) {
        travelling.add(new Delivery<>(packet, atNanos, scheduledCount++));
    }

    /** Gives what has arrived by now, in the order of arrival. */
    public List<P> take(long nowNanos) {
        var arrived = new ArrayList<P>();
        for (var next = travelling.peek(); next != null && next.atNanos() - nowNanos <= 0; next = travelling.peek()) {
            arrived.add(next.packet());
            travelling.remove();
        }
        deliveredCount += arrived.size();
        return List.copyOf(arrived);
    }

    /** When the next packet arrives; empty when none is on its way. */
    public OptionalLong nextDeadlineNanos() {
        var next = travelling.peek();
        return next == null ? OptionalLong.empty() : OptionalLong.of(next.atNanos());
    }

    /** How many packets were sent. */
    public long sentCount() {
        return sentCount;
    }

    /** How many of them were lost. */
    public long lostCount() {
        return lostCount;
    }

    /** How many deliveries were taken, doubled ones twice. */
    public long deliveredCount() {
        return deliveredCount;
    }

    private static double share(double share) {
        if (!(share >= 0 && share <= 1))
            throw new IllegalArgumentException("share " + share + " is not between 0 and 1");
        return share;
    }

    private static long atLeastZero(Duration duration) {
        if (duration.isNegative()) throw new IllegalArgumentException("negative duration " + duration);
        return duration.toNanos();
    }

    @Override
    public String toString() {
        return "ImpairedLink[seed=" + seed + ", sent=" + sentCount + ", lost=" + lostCount + ", delivered="
                + deliveredCount + "]";
    }
}
