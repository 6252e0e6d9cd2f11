package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.codec.SoundEncoder;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The payload of a packet in a codec that has state: a clip's frame as it is, or samples that are encoded for this call alone. The
 * encoder is made when it is first needed, and begins anew wherever the packet before was not its own: so does the far end's
 * decoder, whatever it has heard, after little sound. <b>Threading:</b> one owner, the media loop.
 */
final class CodedSound {
    private static final int SAMPLES_PER_MILLI = 8;

    private final ByteBuffer payload = ByteBuffer.allocate(SoundEncoder.MAX_BYTES);
    private Optional<SoundEncoder> encoder = Optional.empty();
    private AudioCodec codec = AudioCodec.PCMU;
    private boolean goesOn;

    /** From now on packets are of this codec. */
    void agree(AudioCodec next) {
        if (next != codec) encoder = Optional.empty();
        codec = next;
        goesOn = false;
    }

    /** A packet leaves that is not made here. */
    void interrupt() {
        goesOn = false;
    }

    /** The next packet is the clip's next frame. */
    ByteBuffer frame(OutgoingClip clip) {
        goesOn = false;
        clip.copyFrame(payload.clear());
        return payload.flip();
    }

    /** The next packet is of these samples, 8,000 a second. */
    ByteBuffer encode(short[] samples, int count) {
        if (encoder.isEmpty()) encoder = Optional.of(codec.newEncoder(AudioCodec.CLOCK_RATE));
        else if (!goesOn) encoder.get().reset();
        goesOn = true;
        try {
            return payload.clear().limit(encoder.get().encode(samples, 0, count, payload.array()));
        } catch (RuntimeException | AssertionError e) {
            // A codec that stumbles over one packet must not end the call.
            encoder = Optional.empty();
            return ByteBuffer.wrap(SilentFrames.of(codec, count / SAMPLES_PER_MILLI));
        }
    }
}
