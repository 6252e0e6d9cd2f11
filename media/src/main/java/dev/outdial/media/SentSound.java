package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SoundDecoder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Has what we send heard by whom it concerns: decoded once more, as the far end's decoder makes it, whatever it was made of. While
 * nobody listens nothing is decoded. <b>Threading:</b> one owner, the media loop.
 */
final class SentSound {
    /** Where the sound of a packet begins that has none. */
    static final int NONE = -1;

    private final Audience audience = new Audience();
    private AudioCodec codec = AudioCodec.PCMU;
    private Optional<SoundDecoder> decoder = Optional.empty();
    private short[] sound = {};
    private int samplesPerPacket;
    /** Whether there was sound in the packet before. */
    private boolean goesOn;

    /** From now on packets are of this codec and length. */
    void agree(AudioCodec next, int samples) {
        if (next != codec) decoder = Optional.empty();
        codec = next;
        samplesPerPacket = samples;
        sound = new short[Math.max(samples, SoundDecoder.MAX_SAMPLES)];
    }

    void listen(SoundListener listener) {
        audience.add(listener);
    }

    void stopListening(SoundListener listener) {
        audience.remove(listener);
        if (audience.isEmpty()) decoder = Optional.empty();
    }

    /** Whether nobody listens. */
    boolean isEmpty() {
        return audience.isEmpty();
    }

    /**
     * Tells of a packet that was written to where the buffer stands.
     *
     * @param soundStart where its sound begins, or {@link #NONE}
     */
    void tell(ByteBuffer packet, int soundStart, long nowNanos) {
        int known = soundStart == NONE ? 0 : decode(packet, soundStart);
        goesOn = soundStart != NONE;
        if (known < samplesPerPacket) Arrays.fill(sound, known, samplesPerPacket, (short) 0);
        audience.hear(sound, samplesPerPacket, nowNanos);
    }

    private int decode(ByteBuffer packet, int soundStart) {
        int byteLength = packet.position() - soundStart;
        if (!codec.hasState()) return codec.decode(packet, soundStart, byteLength, sound, 0);
        // After silence the sound is coded anew (CodedSound): what the decoder remembers belongs to what was before.
        if (decoder.isEmpty()) decoder = Optional.of(codec.newDecoder());
        else if (!goesOn) decoder.get().reset();
        return decoder.get().decode(packet, soundStart, byteLength, sound);
    }
}
