package dev.outdial.media.jitter;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.ComfortNoise;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import java.nio.ByteBuffer;

/**
 * Plays a received stream at our own steady pace: waits as long as its jitter asks for, makes up what is lost, goes with the
 * far end's clock. Deterministic; no allocation after construction; about 10 KB. <b>Threading:</b> one owner.
 *
 * <p>The delay changes where it is not heard, in pauses and in quiet places; only where none come, pitch periods are left out
 * or doubled with a cross-fade, one in 100 ms.
 */
public final class Playout {
    private static final int SAMPLES_PER_MILLI = 8;
    /** Nearer than 5 ms is near enough. */
    private static final int CLOSE = 40;
    /** From 15 ms on, loud sound is stretched too. */
    private static final int FAR = 120;
    /** From 60 ms on, even where it is not like itself. */
    private static final int VERY_FAR = 480;
    /** Beyond 0.5 s nothing is stretched: our side stood still. */
    private static final int LOST = 4000;

    private static final int STRETCH_EVERY = 800;
    private static final double LEAST_LIKENESS = 0.6;
    /** Mean of the samples' magnitudes, about -50 dBov: nobody speaks. */
    private static final int QUIET = 100;

    /** So much of each quiet place is played before any of it is left out, 25 ms: a pause of 20 ms parts two equal keys. */
    private static final int KEPT = 200;

    private static final int FADE = 32;

    private final JitterBuffer buffer;
    private final SoundLine line;
    private final Concealment concealment = new Concealment();
    private final ComfortNoise noise = new ComfortNoise();
    private boolean begun;
    private boolean concealing;
    private int fadeLeft;
    private boolean stretching;
    private int sinceStretch = STRETCH_EVERY;
    private long stretches;
    /** From here on nothing but quiet was left out. */
    private long wholeFrom;

    /** Waits for 40 ms before anything is known of the jitter. */
    public Playout() {
        this(DelayEstimate.FIRST_DELAY / SAMPLES_PER_MILLI);
    }

    /** @param firstDelayMillis what is waited for before anything is known of the jitter, 5 to 200 */
    public Playout(int firstDelayMillis) {
        buffer = new JitterBuffer(firstDelayMillis * SAMPLES_PER_MILLI);
        line = buffer.line;
    }

    /**
     * Takes the payload of a sound packet.
     *
     * @param verdict {@link Verdict#isUsable}
     */
    public void put(
            AudioCodec codec,
            int sequenceNumber,
            int timestamp,
            Verdict verdict,
            ByteBuffer packet,
            int offset,
            int length,
            long nowNanos) {
        buffer.put(codec, sequenceNumber, timestamp, verdict, packet, offset, length, nowNanos);
    }

    /** Takes a comfort noise packet of this level, 0 to 127 for 0 to -127 dBov. */
    public void putNoise(int sequenceNumber, Verdict verdict, int negativeDbov) {
        buffer.putNoise(sequenceNumber, verdict, negativeDbov);
    }

    /** Takes note of a telephone-event packet, which has its time but no sound. */
    public void putEvent(int sequenceNumber, Verdict verdict) {
        buffer.putEvent(sequenceNumber, verdict);
    }

    /** Gives the sound of one packet time of ours, to be called once in each: silence before the first packet. */
    public void take(short[] target, int count, long nowNanos) {
        int made = 0;
        if (buffer.isStarted()) {
            made = adjust(target, count, nowNanos);
            while (made < count) made += play(target, made, count - made);
        }
        for (int i = made; i < count; i++) target[i] = 0;
        sinceStretch += count;
    }

    /** Comes nearer to the delay that is due, where it can be done; returns how many samples that gave. */
    private int adjust(short[] target, int count, long nowNanos) {
        begin(count, nowNanos);
        long error = buffer.error(count, nowNanos);
        long distance = Math.abs(error);
        if (distance < CLOSE) stretching = false;
        boolean isEmpty = buffer.end() <= buffer.position();
        if (error <= LOST && distance >= CLOSE && !isEmpty) return stretch(target, count, error);
        if (error > LOST) buffer.skipTo(buffer.position() + error);
        else if (distance >= CLOSE) buffer.startAgainAt(buffer.position() + error);
        else return 0;
        wholeFrom = buffer.position();
        return 0;
    }

    /** Where it is taken at other times than it is put, time went by until now: in the quiet before the first packet. */
    private void begin(int count, long nowNanos) {
        if (begun) return;
        begun = true;
        int quiet = buffer.quietRun(LOST);
        buffer.skipTo(buffer.position() + Math.clamp(buffer.error(count, nowNanos), 0, quiet));
    }

    private int stretch(short[] target, int count, long error) {
        int pause = buffer.quietRun(2 * count);
        if (pause >= count) return stretchPause(target, count, pause, error);
        int known = line.knownRun(buffer.position(), 2 * count);
        if (concealing || known < count) return 0;
        if (isQuiet(buffer.position(), known)) return stretchQuiet(target, count, known, error);
        return stretchLoud(target, count, known, error);
    }

    private int stretchPause(short[] target, int count, int pause, long error) {
        if (error > 0) {
            if (buffer.quietBefore() >= KEPT) buffer.skipTo(buffer.position() + Math.min(error, pause));
            return 0;
        }
        int more = (int) Math.min(-error, count);
        noise.level(buffer.quietLevel());
        noise.fill(target, 0, more);
        return more;
    }

    private boolean isQuiet(long place, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) sum += Math.abs(line.get(place + i));
        return sum < QUIET * count;
    }

    /** Whether it has been quiet for long enough, in each 5 ms of it, and nothing else was left out. */
    private boolean wasQuiet() {
        long position = buffer.position();
        boolean quiet = position - wholeFrom >= KEPT;
        for (long place = position - KEPT; quiet && place < position; place += CLOSE) quiet = isQuiet(place, CLOSE);
        return quiet;
    }

    private int stretchQuiet(short[] target, int count, int known, long error) {
        if (!wasQuiet()) return 0;
        if (error < 0) return insert(target, (int) Math.min(-error, Math.min(count, KEPT)));
        int cut = (int) Math.min(error, known - CLOSE);
        return cut < CLOSE ? 0 : cut(target, CLOSE, cut);
    }

    private int stretchLoud(short[] target, int count, int known, long error) {
        long distance = Math.abs(error);
        if (distance >= FAR) stretching = true;
        int pause = distance >= VERY_FAR ? STRETCH_EVERY / 2 : STRETCH_EVERY;
        if (!stretching || sinceStretch < pause || (known < 2 * Pitch.LONGEST && error > 0)) return 0;
        // A key of 40 ms that loses a period is none any more; and where it is quiet so near, the quiet will do.
        if (error > 0 && distance < VERY_FAR && isNearQuiet(known)) return 0;
        int compared = Math.min(known, Pitch.LONGEST);
        double likeness = distance >= VERY_FAR ? 0 : LEAST_LIKENESS;
        int longest = Math.min(count, Pitch.LONGEST);
        int lag = Pitch.find(line, buffer.position(), compared, error > 0 ? 1 : -1, longest, likeness);
        if (lag == 0) return 0;
        sinceStretch = 0;
        if (error < 0) return insert(target, lag);
        int made = cut(target, lag, lag);
        wholeFrom = buffer.position();
        return made;
    }

    private boolean isNearQuiet(int known) {
        long position = buffer.position();
        boolean near = false;
        for (long place = position - KEPT; !near && place + CLOSE <= position + known; place += CLOSE)
            near = isQuiet(place, CLOSE);
        return near;
    }

    /** Leaves out so many samples, with a cross-fade from before them to after them. */
    private int cut(short[] target, int fade, int samples) {
        long from = buffer.position();
        for (int i = 0; i < fade; i++) target[i] = mix(line.get(from + i), line.get(from + samples + i), i, fade);
        buffer.skipTo(from + samples + fade);
        stretches++;
        return fade;
    }

    /** Says so many samples twice, with a cross-fade from the second time's end to the first's beginning. */
    private int insert(short[] target, int samples) {
        long from = buffer.position();
        for (int i = 0; i < samples; i++) target[i] = mix(line.get(from + i), line.get(from - samples + i), i, samples);
        stretches++;
        return samples;
    }

    private static short mix(int from, int to, int at, int of) {
        return (short) ((from * (of - at) + to * at) / of);
    }

    private int play(short[] target, int at, int most) {
        long position = buffer.position();
        int known = line.knownRun(position, most);
        if (known > 0) {
            playKnown(target, at, known, position);
            return known;
        }
        int quiet = buffer.quietRun(most);
        if (quiet > 0) {
            playQuiet(target, at, quiet, position);
            return quiet;
        }
        return playUnknown(target, at, line.unknownRun(position, most), position);
    }

    private void playKnown(short[] target, int at, int count, long position) {
        if (concealing) {
            concealing = false;
            fadeLeft = FADE;
        }
        for (int i = 0; i < count; i++) {
            short sample = line.get(position + i);
            target[at + i] = fadeLeft == 0 ? sample : mix(sample, concealment.next(), fadeLeft--, FADE);
        }
        buffer.skipTo(position + count);
    }

    private void playQuiet(short[] target, int at, int count, long position) {
        noise.level(buffer.quietLevel());
        noise.fill(target, at, count);
        for (int i = 0; i < count; i++) line.set(position + i, target[at + i]);
        concealing = false;
        buffer.skipTo(position + count);
    }

    private int playUnknown(short[] target, int at, int most, long position) {
        // A pause that begins within the gap is quiet by intent.
        int count = buffer.samplesToPause(most);
        if (!concealing) concealment.start(line, position);
        concealing = true;
        for (int i = 0; i < count; i++) {
            target[at + i] = concealment.next();
            line.set(position + i, target[at + i]);
        }
        buffer.conceal(count);
        buffer.skipTo(position + count);
        return count;
    }

    /** How long sound was made up, or left silent, because it did not come in time, in milliseconds; pauses do not count. */
    public long concealedMillis() {
        return buffer.concealed() / SAMPLES_PER_MILLI;
    }

    /** How long sound waits here for the slower packets, in milliseconds. */
    public int delayMillis(long nowNanos) {
        return buffer.isStarted() ? (int) buffer.delaySamples(nowNanos) / SAMPLES_PER_MILLI : 0;
    }

    /** How often sound was left out or doubled to change the delay, pauses not counted. */
    public long stretches() {
        return stretches;
    }
}
