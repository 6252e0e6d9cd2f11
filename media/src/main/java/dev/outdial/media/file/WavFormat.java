package dev.outdial.media.file;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What a WAV file's fmt chunk says, as far as it can be played. */
record WavFormat(Encoding encoding, int sampleRate, int channels) {
    enum Encoding {
        PCM_8(1, "PCM 8 bit"),
        PCM_16(2, "PCM 16 bit"),
        PCM_24(3, "PCM 24 bit"),
        PCM_32(4, "PCM 32 bit"),
        FLOAT_32(4, "float 32 bit"),
        MU_LAW(1, "mu-law"),
        A_LAW(1, "A-law");

        private final int byteLength;
        private final String title;

        Encoding(int byteLength, String title) {
            this.byteLength = byteLength;
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private static final int EXTENSIBLE = 0xFFFE;
    private static final int MAX_CHANNELS = 8;

    /** Bytes of one sample of every channel. */
    int frameByteLength() {
        return encoding.byteLength * channels;
    }

    static WavFormat parse(Path file, long at, ByteBuffer chunk) throws AudioFormatException {
        if (chunk.remaining() < 16)
            throw new AudioFormatException(
                    file, "fmt chunk of " + chunk.remaining() + " bytes, expected 16 or more", at);
        int tag = chunk.getShort(0) & 0xFFFF;
        int channels = chunk.getShort(2) & 0xFFFF;
        int sampleRate = chunk.getInt(4);
        int bits = chunk.getShort(14) & 0xFFFF;
        // An extensible format carries the old tag in the first two bytes of its GUID.
        if (tag == EXTENSIBLE && chunk.remaining() >= 26) tag = chunk.getShort(24) & 0xFFFF;
        if (channels < 1 || channels > MAX_CHANNELS)
            throw new AudioFormatException(file, channels + " channels, expected 1 to " + MAX_CHANNELS, at + 2);
        return new WavFormat(encoding(file, at, tag, bits), sampleRate, channels);
    }

    private static Encoding encoding(Path file, long at, int tag, int bits) throws AudioFormatException {
        return switch (tag << 8 | bits) {
            case 0x0108 -> Encoding.PCM_8;
            case 0x0110 -> Encoding.PCM_16;
            case 0x0118 -> Encoding.PCM_24;
            case 0x0120 -> Encoding.PCM_32;
            case 0x0320 -> Encoding.FLOAT_32;
            case 0x0608 -> Encoding.A_LAW;
            case 0x0708 -> Encoding.MU_LAW;
            default ->
                throw new AudioFormatException(
                        file,
                        "WAV format " + tag + " with " + bits
                                + " bits, expected PCM of 8, 16, 24 or 32 bits, float, mu-law or A-law",
                        at);
        };
    }
}
