package dev.outdial.media.codec;

import java.nio.ByteBuffer;

/**
 * An audio payload format that can be spoken on the wire. Whatever it is, what is heard, recorded and mixed of it are linear
 * samples, {@value #CLOCK_RATE} a second. Not a description of a file's format.
 *
 * <p>A codec without state makes each code from one sample: its sound can be cut, joined, changed and decoded anywhere. One
 * {@link #hasState with state} makes and reads whole packets in order, by a {@link SoundEncoder} and a {@link SoundDecoder} that
 * belong to one stream.
 */
public enum AudioCodec {
    /** G.711 mu-law (RFC 3551 section 4.5.14). */
    PCMU("PCMU", 0, 8000, 8000, 1, (byte) 0xFF),
    /** G.711 A-law (RFC 3551 section 4.5.14). */
    PCMA("PCMA", 8, 8000, 8000, 1, (byte) 0xD5),
    /** Linear 16 bit samples, most significant byte first (RFC 3551 section 4.5.11): exact, for tests and for measuring. */
    L16("L16", 96, 8000, 8000, 2, (byte) 0),
    /** G.722 at 64 kbit/s: sound at 16 kHz with a clock that says 8,000 (RFC 3551 section 4.5.2). Has state. */
    G722("G722", 9, 8000, 16_000, 0, (byte) 0),
    /** Opus (RFC 6716, RFC 7587), sent in mono at 16 kHz in one frame a packet. Has state. */
    OPUS("opus", 111, 48_000, 16_000, 0, (byte) 0);

    /** Samples a second of the sound that is heard, recorded and mixed, whatever the codec, and the RTP clock of most. */
    public static final int CLOCK_RATE = 8000;

    private final String encodingName;
    private final int payloadType;
    private final int clockRate;
    private final int sampleRate;
    private final int bytesPerSample;
    private final byte silence;

    AudioCodec(String encodingName, int payloadType, int clockRate, int sampleRate, int bytesPerSample, byte silence) {
        this.encodingName = encodingName;
        this.payloadType = payloadType;
        this.clockRate = clockRate;
        this.sampleRate = sampleRate;
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

    /** Timestamp units a second. */
    public int clockRate() {
        return clockRate;
    }

    /** Samples a second of the sound that it is best made of: what a clip is brought to before it is encoded. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Whether a packet of it means something only after those before it. */
    public boolean hasState() {
        return bytesPerSample == 0;
    }

    /** Timestamp units that so many samples at {@value #CLOCK_RATE} a second take. */
    public int clockUnits(int sampleCount) {
        return sampleCount * (clockRate / CLOCK_RATE);
    }

    /**
     * The packet length that comes nearest to one that is wanted, and is not longer where it can be: any for most, one frame of 10, 20
     * or 40 ms for Opus.
     *
     * @param wantedMillis 10 to 40
     */
    public int packetMillis(int wantedMillis) {
        if (this != OPUS) return wantedMillis;
        if (wantedMillis >= 40) return 40;
        return wantedMillis >= 20 ? 20 : 10;
    }

    /** Bytes that so many samples take: of a codec without state. */
    public int bytesFor(int sampleCount) {
        requireNoState();
        return sampleCount * bytesPerSample;
    }

    /** Whole samples in so many bytes: of a codec without state. */
    public int samplesFor(int byteLength) {
        requireNoState();
        return byteLength / bytesPerSample;
    }

    /** How long a payload sounds, in samples at {@value #CLOCK_RATE} a second; 0 where it cannot be one. */
    public int samplesIn(ByteBuffer payload, int offset, int byteLength) {
        return switch (this) {
            case PCMU, PCMA, L16 -> samplesFor(byteLength);
            // 64 kbit/s are a byte for each two samples at 16 kHz.
            case G722 -> byteLength;
            case OPUS -> OpusPacket.samplesIn(payload, offset, byteLength);
        };
    }

    /** The byte that silence consists of: of a codec without state. */
    public byte silence() {
        requireNoState();
        return silence;
    }

    /** Puts the codes of 16 bit linear samples to where the buffer stands: of a codec without state. */
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
            case G722, OPUS -> requireNoState();
        }
    }

    /**
     * Writes the 16 bit linear samples that the codes stand for: of a codec without state. The buffer's position stays.
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
            case G722, OPUS -> requireNoState();
        }
        return count;
    }

    private void requireNoState() {
        if (hasState()) throw new IllegalStateException(this + " has state: it takes an encoder or a decoder");
    }

    /**
     * Makes one stream of this codec.
     *
     * @param sampleRate of the samples that it will be given: {@link #sampleRate()} or {@value #CLOCK_RATE}
     * @throws IllegalStateException for a codec without state
     */
    public SoundEncoder newEncoder(int sampleRate) {
        if (sampleRate != this.sampleRate && sampleRate != CLOCK_RATE)
            throw new IllegalArgumentException(this + " from " + sampleRate + " samples a second, expected "
                    + this.sampleRate + " or " + CLOCK_RATE);
        return switch (this) {
            case G722 -> new G722SoundEncoder(sampleRate);
            case OPUS -> new OpusSoundEncoder(sampleRate);
            case PCMU, PCMA, L16 -> throw new IllegalStateException(this + " has no state");
        };
    }

    /**
     * Reads one stream of this codec.
     *
     * @throws IllegalStateException for a codec without state
     */
    public SoundDecoder newDecoder() {
        return switch (this) {
            case G722 -> new G722SoundDecoder();
            case OPUS -> new OpusSoundDecoder();
            case PCMU, PCMA, L16 -> throw new IllegalStateException(this + " has no state");
        };
    }

    /** Samples in a packet of this length, at {@value #CLOCK_RATE} a second. */
    public static int samplesIn(int ptimeMillis) {
        return ptimeMillis * (CLOCK_RATE / 1000);
    }
}
