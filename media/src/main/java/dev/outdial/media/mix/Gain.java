package dev.outdial.media.mix;

import dev.outdial.media.codec.AudioCodec;
import java.nio.ByteBuffer;

/**
 * Makes sound of one format louder or softer while it is still encoded: G.711 by a table from code to code, linear samples by
 * multiplication. What becomes too loud stays at the limit. Immutable.
 */
public final class Gain {
    private static final double MIN_DB = -96;
    private static final double MAX_DB = 24;

    private final boolean unchanged;
    private final double factor;
    /** From code to code; empty for linear samples. */
    private final byte[] codes;

    private Gain(boolean unchanged, double factor, byte[] codes) {
        this.unchanged = unchanged;
        this.factor = factor;
        this.codes = codes;
    }

    /**
     * A gain for sound of this format.
     *
     * @param db -96 to 24; 0 changes nothing, not even a code
     */
    public static Gain of(AudioCodec codec, double db) {
        if (!(db >= MIN_DB && db <= MAX_DB))
            throw new IllegalArgumentException("volume " + db + " dB, expected " + MIN_DB + " to " + MAX_DB);
        double factor = Math.pow(10, db / 20);
        boolean byTable = db != 0 && codec.bytesFor(1) == 1;
        return new Gain(db == 0, factor, byTable ? table(codec, factor) : new byte[0]);
    }

    private static byte[] table(AudioCodec codec, double factor) {
        var all = new byte[256];
        for (int code = 0; code < all.length; code++) all[code] = (byte) code;
        var samples = new short[all.length];
        codec.decode(ByteBuffer.wrap(all), 0, all.length, samples, 0);
        for (int code = 0; code < all.length; code++) samples[code] = louder(samples[code], factor);
        codec.encode(samples, 0, all.length, ByteBuffer.wrap(all));
        return all;
    }

    private static short louder(short sample, double factor) {
        return Mixing.saturated((int) Math.round(sample * factor));
    }

    /** A gain for the linear samples of a codec that has state. */
    public static Gain ofSamples(double db) {
        return of(AudioCodec.L16, db);
    }

    /** Whether nothing is changed. */
    public boolean isUnchanged() {
        return unchanged;
    }

    /** Changes linear samples: of a gain that is {@link #ofSamples}. */
    public void apply(short[] samples, int count) {
        if (unchanged) return;
        for (int i = 0; i < count; i++) samples[i] = louder(samples[i], factor);
    }

    /** Changes the codes where they lie. The buffer's position stays. */
    public void apply(ByteBuffer sound, int offset, int byteLength) {
        if (unchanged) return;
        int end = offset + byteLength;
        if (codes.length > 0) {
            for (int i = offset; i < end; i++) sound.put(i, codes[sound.get(i) & 0xFF]);
        } else {
            // Byte by byte: the order does not depend on the buffer's.
            for (int i = offset; i < end; i += 2) {
                short sample = louder((short) (sound.get(i) << 8 | sound.get(i + 1) & 0xFF), factor);
                sound.put(i, (byte) (sample >> 8)).put(i + 1, (byte) sample);
            }
        }
    }
}
