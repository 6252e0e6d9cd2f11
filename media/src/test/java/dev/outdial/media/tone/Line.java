package dev.outdial.media.tone;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.G711;
import dev.outdial.media.jitter.Playout;
import dev.outdial.media.rtp.RtpReceiver.Verdict;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** What a sound goes through before a detector hears it: noise, G.711, lost packets that the playout makes up. */
final class Line {
    private static final int PACKET = 160;

    private Line() {}

    static short saturated(double sample) {
        return (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** The amplitude of a sine of that level. */
    static double amplitude(double dbm0) {
        return Math.pow(10, (dbm0 - Tone.FULL_SCALE_DBM0) / 20) * Short.MAX_VALUE;
    }

    static short[] muLaw(short[] sound) {
        var coded = new short[sound.length];
        for (int i = 0; i < sound.length; i++) coded[i] = G711.fromMuLaw(G711.muLaw(sound[i]));
        return coded;
    }

    static short[] aLaw(short[] sound) {
        var coded = new short[sound.length];
        for (int i = 0; i < sound.length; i++) coded[i] = G711.fromALaw(G711.aLaw(sound[i]));
        return coded;
    }

    /** White noise of that level is added, all along. */
    static short[] noisy(short[] sound, double noiseDbm0, RandomGenerator random) {
        double deviation = amplitude(noiseDbm0) / Math.sqrt(2);
        var noisy = new short[sound.length];
        for (int i = 0; i < sound.length; i++) noisy[i] = saturated(sound[i] + deviation * random.nextGaussian());
        return noisy;
    }

    /** In packets of 20 ms, of which so many in a hundred are lost, through the jitter buffer and its concealment. */
    static short[] lossy(short[] sound, int percent, RandomGenerator random) {
        var playout = new Playout();
        var heard = new short[sound.length / PACKET * PACKET];
        var piece = new short[PACKET];
        var payload = ByteBuffer.allocate(PACKET);
        for (int packet = 0; packet < sound.length / PACKET; packet++) {
            long now = packet * 20_000_000L;
            System.arraycopy(sound, packet * PACKET, piece, 0, PACKET);
            payload.clear();
            AudioCodec.PCMU.encode(piece, 0, PACKET, payload);
            if (random.nextInt(100) >= percent)
                playout.put(AudioCodec.PCMU, packet & 0xFFFF, packet * PACKET, Verdict.NEW, payload, 0, PACKET, now);
            playout.take(piece, PACKET, now);
            System.arraycopy(piece, 0, heard, packet * PACKET, PACKET);
        }
        return heard;
    }
}
