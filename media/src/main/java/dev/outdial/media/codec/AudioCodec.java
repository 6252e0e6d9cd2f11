package dev.outdial.media.codec;

import java.nio.ByteBuffer;

/**
 * An audio payload format that can be spoken on the wire, at 8,000 samples a second: samples and RTP timestamp units are the
 * same count. Not a description of a file's format.
 */
public enum AudioCodec {
    /** G.711 mu-law (RFC 3551 section 4.5.14). */
    PCMU("PCMU", 0, 1, (byte) 0xFF),
    /** G.711 A-law (RFC 3551 section 4.5.14). */
    PCMA("PCMA", 8, 1, (byte) 0xD5),
    /** Linear 16 bit samples, most significant byte first (RFC 3551 section 4.5.11): exact, for tests and for measuring. */
    L16("L16", 96, 2, (byte) 0);

    /** RTP clock rate and sample rate of all formats. */
    public static final int CLOCK_RATE = 8000;

    private final String encodingName;
    private final int payloadType;
    private final int bytesPerSample;
    private final byte silence;

    AudioCodec(String encodingName, int payloadType, int bytesPerSample, byte silence) {
        this.encodingName = encodingName;
        this.payloadType = payloadType;
        this.bytesPerSample = bytesPerSample;
        this.silence = silence;
    }

    /** Its name in {@code a=rtpmap}, which compares it without regard to case. */
    public String encodingName() {
        return encodingName;
    }

    /** The number that RFC 3551 gives it, or where it gives none the one that we offer it under. */
    public int payloadType() {
        return payloadType;
    }

    /** Bytes that so many samples take. */
    public int bytesFor(int sampleCount) {
        return sampleCount * bytesPerSample;
    }

    /** Whole samples in so many bytes. */
    public int samplesFor(int byteLength) {
        return byteLength / bytesPerSample;
    }

    /** The byte that silence consists of. */
    public byte silence() {
        return silence;
    }

    /** Puts the codes of 16 bit linear samples to where the buffer stands. */
    public void encode(short[] samples, int from, int count, ByteBuffer target) {
        switch (this) {
            case PCMU -> {
                for (int i = from; i < from + count; i++) target.put(G711.muLaw(samples[i]));
            }
            case PCMA -> {
                for (int i = from; i < from + count; i++) target.put(G711.aLaw(samples[i]));
            }
            case L16 -> {
                // Byte by byte: the order does not depend on the buffer's.
                for (int i = from; i < from + count; i++)
                    target.put((byte) (samples[i] >> 8)).put((byte) samples[i]);
            }
        }
    }

    /**
     * Writes the 16 bit linear samples that the codes stand for. The buffer's position stays.
     *
     * @param offset where the codes begin in the buffer
     * @return how many samples: {@link #samplesFor} of {@code byteLength}
     */
    public int decode(ByteBuffer source, int offset, int byteLength, short[] target, int at) {
        int count = samplesFor(byteLength);
        switch (this) {
            case PCMU -> {
                for (int i = 0; i < count; i++) target[at + i] = G711.fromMuLaw(source.get(offset + i));
            }
            case PCMA -> {
                for (int i = 0; i < count; i++) target[at + i] = G711.fromALaw(source.get(offset + i));
            }
            case L16 -> {
                for (int i = 0; i < count; i++)
                    target[at + i] = (short) (source.get(offset + 2 * i) << 8 | source.get(offset + 2 * i + 1) & 0xFF);
            }
        }
        return count;
    }

    /** Samples (and timestamp units) in a packet of this length. */
    public static int samplesIn(int ptimeMillis) {
        return ptimeMillis * (CLOCK_RATE / 1000);
    }
}
