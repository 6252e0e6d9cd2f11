package dev.outdial.media.jitter;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.ComfortNoise;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import dev.outdial.media.rtp.SequenceUnwrapper;
import java.nio.ByteBuffer;

/**
 * Lays received sound on a line by its timestamps, and knows what of it is lost, late or silence. Places on the line are the
 * samples of our own clock at which the far end's first packet, had all come as fast, would have come. <b>Threading:</b> one
 * owner.
 *
 * <pre>
 *   played | position  known  known  lost  known | nothing yet
 *          ^ what is played next                 ^ end
 * </pre>
 */
final class JitterBuffer {
    /** Behind the position so much stays for concealment and stretching. */
    static final int HISTORY = 2 * Concealment.HISTORY;

    private static final int AHEAD = SoundLine.CAPACITY - HISTORY;
    private static final int NANOS_PER_SAMPLE = 125_000;
    /** 120 ms: more in a packet is no telephony. */
    private static final int MAX_PACKET_SAMPLES = 960;
    /** A packet that follows the ones before by number but is that far away by timestamp has a clock set anew: 0.5 s. */
    private static final int MAX_LATE = 4000;
    /** As far ahead of its time: 0.2 s. */
    private static final int MAX_EARLY = 1600;

    final SoundLine line = new SoundLine();
    private final DelayEstimate estimate;
    private final SequenceUnwrapper timestamps = SequenceUnwrapper.ofTimestamps();
    private boolean started;
    /** What is added to an unwrapped timestamp to get a place on the line. */
    private long shift;

    private int lastSequence;
    /** How many packets are missing, by number, before the one that came last. */
    private int missing;

    private int packetSamples;
    private long position;
    private long end;
    private long quietFrom;
    private long quietUntil;
    private int quietLevel;
    private long concealed;
    /** Made up, but perhaps it was a pause: the next packet tells. */
    private long perhapsConcealed;

    /** @param firstDelay what is waited for before anything is known, in samples */
    JitterBuffer(int firstDelay) {
        estimate = new DelayEstimate(firstDelay);
    }

    /** Takes the payload of a packet that {@link Verdict#isUsable}. */
    void put(
            AudioCodec codec,
            int sequence,
            int timestamp,
            Verdict verdict,
            ByteBuffer packet,
            int offset,
            int length,
            long nowNanos) {
        int count = codec.samplesFor(length);
        boolean follows = follows(sequence, verdict);
        if (count == 0 || count > MAX_PACKET_SAMPLES) return;
        long arrival = Math.floorDiv(nowNanos, NANOS_PER_SAMPLE);
        boolean late = verdict == Verdict.LATE;
        long place = place(timestamp, verdict, follows, arrival);
        if (late && (arrival - place > MAX_LATE + estimate.base() || place > end)) return;
        estimate.add(arrival - place, nowNanos);
        if (!late && place >= end) judgeGap(place, follows || verdict == Verdict.RESTARTED);
        packetSamples = count;
        lay(codec, packet, offset, place, count, arrival);
    }

    private boolean follows(int sequence, Verdict verdict) {
        if (verdict == Verdict.LATE) return false;
        missing = verdict == Verdict.NEW ? sequence - lastSequence - 1 & 0xFFFF : 0;
        lastSequence = sequence;
        return verdict == Verdict.NEW && missing == 0;
    }

    private long place(int timestamp, Verdict verdict, boolean follows, long arrival) {
        if (!started) {
            replace(timestamp, arrival);
            started = true;
            estimate.add(0, arrival * NANOS_PER_SAMPLE);
            end = arrival;
            position = arrival - estimate.target(0);
            quietFrom = position;
            quietUntil = arrival;
            quietLevel = ComfortNoise.QUIETEST;
        }
        long place = timestamps.peek(timestamp) + shift;
        if (verdict == Verdict.LATE) return place;
        long lateness = arrival - place - estimate.base();
        boolean jumped = lateness > MAX_LATE || lateness < -MAX_EARLY || (follows && place < end);
        if (verdict == Verdict.RESTARTED || jumped) {
            // A new source or a clock set anew: its sound begins now, but not before what came last was heard.
            replace(timestamp, Math.max(arrival - estimate.base(), end));
        }
        return timestamps.unwrap(timestamp) + shift;
    }

    private void replace(int timestamp, long place) {
        timestamps.restart(timestamp);
        shift = place - timestamps.highest();
    }

    /** The next packets' sound does not begin where the last one's ended: by intent, or by loss. */
    private void judgeGap(long place, boolean byIntent) {
        boolean open = quietUntil == Long.MAX_VALUE;
        if (open) {
            quietUntil = place;
        } else if (byIntent && place > end) {
            quietFrom = end;
            quietUntil = place;
            quietLevel = ComfortNoise.QUIETEST;
        }
        // Where packets are missing, a pause may be in the gap all the same: no more is lost than they would have held.
        long gap = place - end;
        long lost = open || byIntent ? 0 : (long) missing * packetSamples;
        concealed += Math.max(0, perhapsConcealed - gap) + Math.min(Math.min(perhapsConcealed, gap), lost);
        perhapsConcealed = 0;
    }

    private void lay(AudioCodec codec, ByteBuffer packet, int offset, long place, int count, long arrival) {
        long from = place;
        if (place < position && end <= place) {
            // It is late, but nothing after it was played: time stands still until it is.
            position = place;
        } else if (place < position) {
            from = position;
        }
        int use = (int) (place + count - from);
        if (use <= 0) return;
        if (place + count > position + AHEAD) skipTo(Math.max(arrival - delay(packetSamples), place + count - AHEAD));
        if (from < position) return;
        line.decode(codec, packet, offset + codec.bytesFor((int) (from - place)), from, use);
        end = Math.max(end, place + count);
    }

    /** Takes note of comfort noise (RFC 3389): from the end of the sound on, until sound comes again. */
    void putNoise(int sequence, Verdict verdict, int negativeDbov) {
        var unused = follows(sequence, verdict);
        if (verdict == Verdict.LATE || !started) return;
        beQuiet(negativeDbov);
    }

    /** Takes note of a telephone-event: no sound is to be expected as long as it lasts. */
    void putEvent(int sequence, Verdict verdict) {
        var unused = follows(sequence, verdict);
        if (verdict == Verdict.LATE || !started || quietUntil == Long.MAX_VALUE) return;
        beQuiet(ComfortNoise.QUIETEST);
    }

    private void beQuiet(int negativeDbov) {
        if (quietUntil != Long.MAX_VALUE) quietFrom = Math.max(end, position);
        quietUntil = Long.MAX_VALUE;
        quietLevel = negativeDbov;
        // What came to its end like this was a pause.
        perhapsConcealed = 0;
    }

    boolean isStarted() {
        return started;
    }

    /** What is played next. */
    long position() {
        return position;
    }

    /** Where the last known sound ends. */
    long end() {
        return end;
    }

    /** Moves on over what was played or is not to be. */
    void skipTo(long place) {
        line.forget(position, place - position);
        position = place;
    }

    /** Puts off what comes: nothing is known yet from the position on. */
    void startAgainAt(long place) {
        position = Math.max(place, end);
    }

    /** How many samples from the position on are quiet by intent, at most so many. */
    int quietRun(int most) {
        if (position < quietFrom || position >= quietUntil) return 0;
        return (int) Math.min(line.unknownRun(position, most), quietUntil - position);
    }

    /** How much of the pause that the position is in, or was in last, lies before it. */
    long quietBefore() {
        return position - quietFrom;
    }

    /** How many samples from the position on come before the next pause, at most so many. */
    int samplesToPause(int most) {
        return position < quietFrom ? (int) Math.min(most, quietFrom - position) : most;
    }

    int quietLevel() {
        return quietLevel;
    }

    /** So many samples were made up at the position. */
    void conceal(int count) {
        if (end > position) concealed += count;
        else perhapsConcealed += count;
    }

    /** Samples made up so far, pauses not counted. */
    long concealed() {
        return concealed;
    }

    /** How far the position should be on, in samples; negative: back. */
    long error(int frameSamples, long nowNanos) {
        return Math.floorDiv(nowNanos, NANOS_PER_SAMPLE) - delay(frameSamples) - position;
    }

    private long delay(int frameSamples) {
        // Where a frame takes several packets, the last of them must be here too.
        return estimate.base() + estimate.target(frameSamples) + Math.max(0, frameSamples - packetSamples);
    }

    /** By how much the position is behind the fastest packets. */
    long delaySamples(long nowNanos) {
        return Math.floorDiv(nowNanos, NANOS_PER_SAMPLE) - estimate.base() - position;
    }
}
