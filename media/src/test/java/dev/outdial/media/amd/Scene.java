package dev.outdial.media.amd;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.jitter.Playout;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Puts sounds beside and over one another, then sends them over a line. One owner. */
final class Scene {
    private static final int RATE = 8000;
    private static final int PACKET = 160;
    private final SplittableRandom random;
    private double[] sound = new double[20 * RATE];
    private int end;
    private int speechEnd;
    private int beepEnd;

    Scene(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Where what was put last ends, in ms. */
    int at() {
        return end / 8;
    }

    /** Nothing for a while. */
    Scene silence(int millis) {
        end += millis * 8;
        grow(end);
        return this;
    }

    /** Words after what is there. */
    Scene say(short[] words, double levelDb) {
        end = put(words, end, levelDb);
        speechEnd = end;
        return this;
    }

    private int put(short[] samples, int from, double levelDb) {
        double gain = gain(samples, levelDb);
        grow(from + samples.length);
        for (int i = 0; i < samples.length; i++) sound[from + i] += samples[i] * gain;
        return from + samples.length;
    }

    /** A sound under or over what is there, from a time on, again and again until another. */
    Scene behind(short[] samples, int fromMillis, int toMillis, double levelDb) {
        double gain = gain(samples, levelDb);
        grow(toMillis * 8);
        for (int i = fromMillis * 8; i < toMillis * 8; i++)
            sound[i] += samples[(i - fromMillis * 8) % samples.length] * gain;
        return this;
    }

    /** A tone after what is there. */
    Scene tone(int millis, double levelDb, double... hertz) {
        int count = millis * 8;
        grow(end + count);
        for (int i = 0; i < count; i++) {
            double edge = Math.min(1, Math.min(i, count - 1 - i) / 24.0);
            for (double f : hertz)
                sound[end + i] +=
                        edge * 32768 * Math.sqrt(2) * Math.pow(10, levelDb / 20) * Math.sin(2 * Math.PI * f * i / RATE);
        }
        end += count;
        return this;
    }

    Scene beep(int millis, double levelDb, double hertz) {
        tone(millis, levelDb, hertz);
        beepEnd = end;
        return this;
    }

    /** Time after what is there, over which noise comes too. */
    Scene room(int millis) {
        grow(end + millis * 8);
        return this;
    }

    /** Noise over all, softer where it is darker: 0 is white, 0.95 the rumble of a car. */
    Scene noise(double levelDb, double dark) {
        double last = 0;
        double gain = 32768 * Math.pow(10, levelDb / 20) * Math.sqrt(1 - dark * dark);
        for (int i = 0; i < sound.length; i++) {
            last = dark * last + random.nextGaussian();
            sound[i] += gain * last;
        }
        return this;
    }

    Scene hum(double levelDb, double hertz) {
        double gain = 32768 * Math.pow(10, levelDb / 20);
        for (int i = 0; i < sound.length; i++) {
            double w = 2 * Math.PI * hertz * i / RATE;
            sound[i] += gain * (Math.sin(w) + 0.5 * Math.sin(3 * w) + 0.2 * Math.sin(5 * w));
        }
        return this;
    }

    Scene breath(int fromMillis, int millis, double levelDb) {
        int from = fromMillis * 8;
        grow(from + millis * 8);
        double last = 0;
        for (int i = 0; i < millis * 8; i++) {
            last = 0.6 * last + random.nextGaussian();
            double swell = Math.sin(Math.PI * i / (millis * 8));
            sound[from + i] += 32768 * Math.pow(10, levelDb / 20) * swell * swell * last;
        }
        return this;
    }

    /** A bark: high, falling, hoarse, a fifth of a second. */
    Scene bark(int fromMillis, double levelDb) {
        int from = fromMillis * 8;
        int count = 8 * (140 + random.nextInt(100));
        grow(from + count);
        double phase = 0;
        double pitch = 450 + random.nextInt(350);
        for (int i = 0; i < count; i++) {
            double part = (double) i / count;
            phase += pitch * (1 + 0.4 * Math.sin(Math.PI * part)) / RATE;
            double swell = Math.min(1, part * 8) * Math.pow(1 - part, 1.5);
            double tone = Math.sin(2 * Math.PI * phase)
                    + 0.7 * Math.sin(4 * Math.PI * phase)
                    + 0.4 * Math.sin(6 * Math.PI * phase)
                    + 0.5 * random.nextGaussian();
            sound[from + i] += 32768 * Math.pow(10, levelDb / 20) * swell * tone;
        }
        return this;
    }

    /** Music: notes of a guitar, one after the other and over one another. */
    static short[] music(long seed, int millis) {
        var random = new SplittableRandom(seed);
        var sum = new double[millis * 8 + 2 * RATE];
        int[] scale = {0, 2, 4, 7, 9, 12, 14, 16};
        double root = 180 + random.nextInt(120);
        int step = 8 * (140 + random.nextInt(220));
        for (int at = 0; at < millis * 8; at += step) {
            int voices = 1 + random.nextInt(3);
            for (int v = 0; v < voices; v++) {
                double hertz = root * Math.pow(2, scale[random.nextInt(scale.length)] / 12.0);
                for (int i = 0; i < 2 * RATE - 8; i++) {
                    double w = 2 * Math.PI * hertz * i / RATE;
                    double fade = Math.exp(-i / 3500.0) * Math.min(1, i / 40.0);
                    sum[at + i] += fade * (Math.sin(w) + 0.5 * Math.sin(2.003 * w) + 0.3 * Math.sin(3.01 * w));
                }
            }
        }
        var samples = new short[millis * 8];
        for (int i = 0; i < samples.length; i++) samples[i] = (short) Math.round(sum[i] * 2500);
        return samples;
    }

    private static double gain(short[] samples, double levelDb) {
        // The level of speech is that of where it is loud enough to be speech (as ITU-T P.56 has it, roughly).
        double power = 0;
        for (short s : samples) power += (double) s * s;
        double mean = power / Math.max(1, samples.length);
        double active = 0;
        int count = 0;
        for (int from = 0; from + 80 <= samples.length; from += 80) {
            double piece = 0;
            for (int i = from; i < from + 80; i++) piece += (double) samples[i] * samples[i];
            if (piece / 80 > mean / 30) {
                active += piece;
                count += 80;
            }
        }
        return count == 0 ? 0 : 32768 * Math.pow(10, levelDb / 20) / Math.sqrt(active / count);
    }

    private void grow(int samples) {
        if (samples > sound.length) sound = Arrays.copyOf(sound, Math.max(samples, sound.length + 10 * RATE));
    }

    /** The same from its beginning to its end and a while after it, over a line: clipped, coded, with some packets lost and made up. */
    Recording heard(String kind, MachineVerdict truth, int afterMillis, AudioCodec codec, double loss) {
        int length = Math.min(sound.length, end + afterMillis * 8) / PACKET * PACKET;
        var linear = new short[length];
        for (int i = 0; i < length; i++)
            linear[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sound[i])));
        return new Recording(kind, truth, overTheLine(linear, codec, loss), speechEnd / 8, beepEnd / 8);
    }

    private short[] overTheLine(short[] linear, AudioCodec codec, double loss) {
        var playout = new Playout();
        var heard = new short[linear.length];
        var frame = new short[PACKET];
        var packet = ByteBuffer.allocate(PACKET);
        boolean losing = false;
        for (int at = 0, n = 0; at + PACKET <= linear.length; at += PACKET, n++) {
            long now = n * 20_000_000L;
            // Losses come in bursts of two.
            losing = n > 0 && random.nextDouble() < (losing ? 0.5 : loss);
            if (!losing) {
                codec.encode(linear, at, PACKET, packet.clear());
                playout.put(
                        codec, n & 0xFFFF, at, n == 0 ? Verdict.RESTARTED : Verdict.NEW, packet.flip(), 0, PACKET, now);
            }
            playout.take(frame, PACKET, now + 5_000_000);
            System.arraycopy(frame, 0, heard, at, PACKET);
        }
        return heard;
    }
}
