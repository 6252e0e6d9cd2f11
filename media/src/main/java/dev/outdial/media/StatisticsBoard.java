package dev.outdial.media;

import dev.outdial.media.quality.EModel;
import dev.outdial.media.quality.Reception;
import java.lang.invoke.VarHandle;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Where a session writes its numbers without making an object, and others read them as {@link MediaStatistics}: always a set that
 * was written together. <b>Threading:</b> one writer, for everything but {@link #read}, which any thread may call and which may
 * have to look again while the writer writes.
 *
 * <pre>
 *   edition   6        7 (odd: being written)       8
 *   shown     a b c    a' b  c  ... a' b' c'        a' b' c'
 * </pre>
 */
final class StatisticsBoard {
    private static final int SENT = 0;
    private static final int RECEIVED = SENT + 4;
    private static final int REMOTE = RECEIVED + 12;
    private static final int FIELDS = REMOTE + 3;

    private static final double RANDOM_LOSS = 1;
    /** The sound of a packet is as old as the packet is long when it leaves. */
    private static final double PACKET_MILLIS = 20;

    private static final long NO_LONG = Long.MIN_VALUE;

    private final long[] draft = new long[FIELDS];
    private final AtomicLongArray shown = new AtomicLongArray(FIELDS);
    private final AtomicInteger edition = new AtomicInteger();

    StatisticsBoard() {
        heard(Double.NaN);
        remote(NO_LONG, Double.NaN, Double.NaN);
        publish();
    }

    void sent(long packets, long unsent, long unreachable, long lateTicks) {
        draft[SENT] = packets;
        draft[SENT + 1] = unsent;
        draft[SENT + 2] = unreachable;
        draft[SENT + 3] = lateTicks;
    }

    void receivedPackets(long packets, long lost, long duplicated, long outOfOrder) {
        draft[RECEIVED] = packets;
        draft[RECEIVED + 1] = lost;
        draft[RECEIVED + 2] = duplicated;
        draft[RECEIVED + 3] = outOfOrder;
    }

    void receivedSound(double jitterMillis, long longestGapMillis, long concealedMillis, long sourceChanges) {
        draft[RECEIVED + 4] = Double.doubleToRawLongBits(jitterMillis);
        draft[RECEIVED + 5] = longestGapMillis;
        draft[RECEIVED + 6] = concealedMillis;
        draft[RECEIVED + 7] = sourceChanges;
    }

    void refused(long strangers, long rejected, long discarded) {
        draft[RECEIVED + 8] = strangers;
        draft[RECEIVED + 9] = rejected;
        draft[RECEIVED + 10] = discarded;
    }

    /** How loud it was since the last time; NaN where that is not known. */
    void heard(double levelDbov) {
        draft[RECEIVED + 11] = Double.doubleToRawLongBits(levelDbov);
    }

    /** What the far end reports: {@link Long#MIN_VALUE} or NaN for what it does not. */
    void remote(long lost, double jitterMillis, double roundTripMillis) {
        draft[REMOTE] = lost;
        draft[REMOTE + 1] = Double.doubleToRawLongBits(jitterMillis);
        draft[REMOTE + 2] = Double.doubleToRawLongBits(roundTripMillis);
    }

    /** Shows what was written since the last time. */
    void publish() {
        int next = edition.getPlain() + 1;
        edition.setPlain(next);
        // No number may be seen before the edition is odd, nor the edition even before all numbers are.
        VarHandle.releaseFence();
        for (int i = 0; i < FIELDS; i++) shown.setOpaque(i, draft[i]);
        edition.setRelease(next + 1);
    }

    MediaStatistics read() {
        long[] copy = new long[FIELDS];
        while (true) {
            int before = edition.getAcquire();
            for (int i = 0; i < FIELDS; i++) copy[i] = shown.getOpaque(i);
            VarHandle.acquireFence();
            if ((before & 1) == 0 && edition.getOpaque() == before) return statistics(copy);
            Thread.onSpinWait();
        }
    }

    private static MediaStatistics statistics(long[] n) {
        return new MediaStatistics(
                new MediaStatistics.Sent(n[SENT], n[SENT + 1], n[SENT + 2], n[SENT + 3]),
                new MediaStatistics.Received(
                        n[RECEIVED],
                        n[RECEIVED + 1],
                        n[RECEIVED + 2],
                        n[RECEIVED + 3],
                        Double.longBitsToDouble(n[RECEIVED + 4]),
                        n[RECEIVED + 5],
                        n[RECEIVED + 6],
                        n[RECEIVED + 7],
                        n[RECEIVED + 8],
                        n[RECEIVED + 9],
                        n[RECEIVED + 10],
                        optional(n[RECEIVED + 11])),
                new MediaStatistics.Remote(
                        n[REMOTE] == NO_LONG ? OptionalLong.empty() : OptionalLong.of(n[REMOTE]),
                        optional(n[REMOTE + 1]),
                        optional(n[REMOTE + 2])),
                score(n));
    }

    /** Made from the numbers where it is read: the loop has better things to do. */
    private static OptionalDouble score(long[] n) {
        long packets = n[RECEIVED];
        long expected = packets + n[RECEIVED + 1];
        return EModel.score(new Reception(
                packets,
                expected == 0 ? 0 : (double) n[RECEIVED + 1] / expected,
                RANDOM_LOSS,
                PACKET_MILLIS + optional(n[REMOTE + 2]).orElse(0) / 2,
                Double.longBitsToDouble(n[RECEIVED + 4]),
                Reception.Concealment.REPETITION));
    }

    private static OptionalDouble optional(long bits) {
        double value = Double.longBitsToDouble(bits);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
