package dev.outdial.media.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The wall around a decoder. Whatever a decoder does with a damaged file, its caller sees sound between -1 and 1, the end, or
 * one {@link AudioFormatException}: not what the decoder stumbled over, no sound that goes on for too long, no decoding that
 * takes too long.
 */
final class GuardedSource implements PcmSource {
    /** Begins to decode. */
    interface Opening {
        PcmSource open(AudioInput input) throws IOException;
    }

    private static final int MIN_RATE = 4000;
    private static final int MAX_RATE = 192_000;

    private final AudioInput input;
    private final TimeLimit time;
    private final PcmSource source;
    private long samplesLeft;
    private boolean hasSound;
    private @Nullable AudioFormatException failure;

    private GuardedSource(AudioInput input, TimeLimit time, PcmSource source) {
        this.input = input;
        this.time = time;
        this.source = source;
        this.samplesLeft = (long) AudioFiles.MAX_SECONDS * source.sampleRate();
    }

    /** Opens a source, which owns the input from here on. */
    static PcmSource open(AudioInput input, TimeLimit time, Opening opening) throws IOException {
        time.start();
        boolean opened = false;
        try {
            PcmSource source = opening.open(input);
            int rate = source.sampleRate();
            if (rate < MIN_RATE || rate > MAX_RATE)
                throw input.refusal("sample rate " + rate + " Hz, expected " + MIN_RATE + " to " + MAX_RATE + " Hz");
            opened = true;
            return new GuardedSource(input, time, source);
        } catch (RuntimeException | StackOverflowError | AssertionError | InternalError e) {
            throw undecodable(input, e);
        } finally {
            time.stop();
            if (!opened) input.close();
        }
    }

    @Override
    public String format() {
        return source.format();
    }

    @Override
    public int sampleRate() {
        return source.sampleRate();
    }

    @Override
    public int channels() {
        return source.channels();
    }

    @Override
    public int read(float[] target, int offset, int count) throws IOException {
        java.util.Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) return 0;
        if (failure != null) throw failure;
        time.start();
        try {
            int n = source.read(target, offset, count);
            if (n == 0) throw new IllegalStateException("no sample and no end");
            if (n < 0 && !hasSound) throw input.refusal("no sound", input.furthest());
            hasSound = true;
            for (int i = offset; i < offset + n; i++) target[i] = bounded(target[i]);
            samplesLeft -= Math.max(0, n);
            if (samplesLeft < 0) throw input.refusal("longer than " + AudioFiles.MAX_SECONDS / 60 + " minutes");
            return n;
        } catch (AudioFormatException e) {
            failure = e;
            throw e;
        } catch (RuntimeException | StackOverflowError | AssertionError | InternalError e) {
            failure = undecodable(input, e);
            throw failure;
        } finally {
            time.stop();
        }
    }

    private static AudioFormatException undecodable(AudioInput input, Throwable e) {
        return new AudioFormatException(input.name(), "damage that cannot be decoded, before or", input.furthest(), e);
    }

    private static float bounded(float sample) {
        return Float.isNaN(sample) ? 0 : Math.clamp(sample, -1f, 1f);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
