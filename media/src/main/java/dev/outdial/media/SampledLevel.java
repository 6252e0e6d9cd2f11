package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.G711;
import java.nio.ByteBuffer;

/**
 * Tells how loud received sound is by a few samples of each packet, so that it costs next to nothing: of PCMU and PCMA alone, where a byte is
 * a sample. Close to what all samples would say, a decibel or two in a second of speech. <b>Threading:</b> one owner, the media loop.
 */
final class SampledLevel {
    /** Seldom in step with anything: of 160 samples, 22 or 23. */
    private static final int STRIDE = 7;

    private static final double FULL_SCALE = 32768.0 * 32768.0;
    private static final double QUIETEST_DBOV = -127;

    private long squares;
    private int count;

    void put(AudioCodec codec, ByteBuffer datagram, int offset, int length) {
        if (codec == AudioCodec.PCMU) {
            for (int at = offset; at < offset + length; at += STRIDE) add(G711.fromMuLaw(datagram.get(at)));
        } else if (codec == AudioCodec.PCMA) {
            for (int at = offset; at < offset + length; at += STRIDE) add(G711.fromALaw(datagram.get(at)));
        }
    }

    private void add(short sample) {
        squares += sample * sample;
        count++;
    }

    /** Of what came since this was asked last, -127 to 0; NaN where nothing did, or nothing that is known. */
    double takeDbov() {
        double level = count == 0 ? Double.NaN : 10 * Math.log10(squares / (count * FULL_SCALE));
        squares = 0;
        count = 0;
        return Double.isNaN(level) ? level : Math.max(QUIETEST_DBOV, level);
    }
}
