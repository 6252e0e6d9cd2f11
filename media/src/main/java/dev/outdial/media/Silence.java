package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import java.nio.ByteBuffer;

/**
 * What is sent where nothing sounds: packets of silence, for NATs and far ends that hang up on a dead line; or, where the far
 * end takes comfort noise (RFC 3389), one packet that says how loud its noise should be, again every 200 ms for the same
 * reasons, and nothing between. <b>Threading:</b> one owner.
 */
final class Silence {
    /** As loud as a quiet room: in -dBov, the whole payload of a comfort noise packet (RFC 3389 section 3). */
    private static final int NOISE_LEVEL = 70;

    private static final int NOISE_PAYLOAD_BYTES = 1;
    private static final int NOISE_EVERY_SAMPLES = 1600;

    private final RtpSender sender;
    private byte[] codes = {};
    private int samplesToNoise;

    Silence(RtpSender sender) {
        this.sender = sender;
    }

    void agree(Agreed terms) {
        codes = SilentFrames.of(terms.codec(), terms.ptimeMillis());
        samplesToNoise = 0;
    }

    /** Sound ends it: the next silence is told of at once. */
    void end() {
        samplesToNoise = 0;
    }

    /** Writes so many bytes of silence to where the buffer stands, a packet's at most: of a codec without state. */
    void put(ByteBuffer target, int byteLength) {
        target.put(codes, 0, byteLength);
    }

    /** Puts a whole packet of silence in the place of the sound that begins there. */
    void cover(ByteBuffer target, int soundStart) {
        target.position(soundStart).put(codes);
    }

    /**
     * Writes the packet of a packet time in which nothing sounds.
     *
     * @return false where none is due
     */
    boolean write(ByteBuffer target, Agreed terms) {
        if (terms.comfortNoisePayloadType().isEmpty()) {
            // Not the start of a talkspurt, but of the stream.
            boolean first = sender.packets() == 0;
            sender.writeHeader(target, terms.sendPayloadType(), first, sender.timestamp(), codes.length);
            target.put(codes);
            return true;
        }
        boolean due = samplesToNoise <= 0;
        if (due) {
            int type = terms.comfortNoisePayloadType().getAsInt();
            sender.writeHeader(target, type, false, sender.timestamp(), NOISE_PAYLOAD_BYTES);
            target.put((byte) NOISE_LEVEL);
            samplesToNoise = NOISE_EVERY_SAMPLES;
        }
        samplesToNoise -= AudioCodec.samplesIn(terms.ptimeMillis());
        return due;
    }
}
