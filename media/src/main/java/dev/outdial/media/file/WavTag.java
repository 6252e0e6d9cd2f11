package dev.outdial.media.file;

import java.nio.ByteBuffer;

/** The numbers that stand for encodings in WAV files (Microsoft's mmreg.h). */
final class WavTag {
    static final int MS_ADPCM = 2;
    static final int IMA_ADPCM = 0x11;
    static final int EXTENSIBLE = 0xFFFE;
    static final int MAX_CHANNELS = 8;

    /** The GUID of a tag in hexadecimal digits, behind the two bytes of the tag. */
    static final String GUID_TAIL = "000000001000800000aa00389b71";

    private static final int[] STANDARD_COEFFICIENTS = {256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232};

    private WavTag() {}

    static SampleCoding coding(AudioInput input, long at, int tag, int bits) throws AudioFormatException {
        return switch (tag << 8 | Math.min(bits, 255)) {
            case 0x0108 -> SampleCoding.UNSIGNED_8;
            case 0x0110 -> SampleCoding.PCM_16;
            case 0x0118 -> SampleCoding.PCM_24;
            case 0x0120 -> SampleCoding.PCM_32;
            case 0x0320 -> SampleCoding.FLOAT_32;
            case 0x0340 -> SampleCoding.FLOAT_64;
            case 0x0608 -> SampleCoding.A_LAW;
            case 0x0708 -> SampleCoding.MU_LAW;
            default ->
                throw input.refusal(
                        "WAV with " + name(tag) + " of " + bits
                                + " bits, expected PCM of 8, 16, 24 or 32 bits, float, mu-law, A-law, MS-ADPCM or IMA-ADPCM",
                        at);
        };
    }

    private static String name(int tag) {
        return switch (tag) {
            case 1 -> "PCM";
            case 3 -> "float";
            case 0x31 -> "GSM 6.10";
            case 0x50 -> "MPEG layer II";
            case 0x55 -> "MP3";
            case 0x161, 0x162 -> "Windows Media";
            case 0x14, 0x40, 0x45, 0x64 -> "G.721 or G.726";
            case 0xFF, 0x1610 -> "AAC";
            default -> "format " + tag;
        };
    }

    static WavFormat.Adpcm adpcm(AudioInput input, long at, ByteBuffer chunk, int tag) throws AudioFormatException {
        int channels = chunk.getShort(2);
        int blockBytes = chunk.getShort(12) & 0xFFFF;
        int bits = chunk.getShort(14) & 0xFFFF;
        String title = tag == MS_ADPCM ? "MS-ADPCM" : "IMA-ADPCM";
        if (channels > 2 || bits != 4)
            throw input.refusal(
                    title + " of " + channels + " channels and " + bits + " bits, expected 1 or 2 channels and 4 bits",
                    at);
        int headerBytes = channels * (tag == MS_ADPCM ? 7 : 4);
        if (blockBytes <= headerBytes) throw input.refusal(title + " in blocks of " + blockBytes + " bytes", at + 12);
        int possible = (blockBytes - headerBytes) * 2 / channels + (tag == MS_ADPCM ? 2 : 1);
        int declared = chunk.remaining() >= 20 ? chunk.getShort(18) & 0xFFFF : 0;
        // Some programs leave the number out, or reckon it otherwise; more than there is room for there cannot be.
        int blockSamples = declared > 2 && declared <= possible ? declared : possible;
        int[] coefficients = tag == MS_ADPCM ? coefficients(input, at, chunk) : new int[0];
        return new WavFormat.Adpcm(chunk.getInt(4), channels, blockBytes, blockSamples, coefficients);
    }

    private static int[] coefficients(AudioInput input, long at, ByteBuffer chunk) throws AudioFormatException {
        int count = chunk.remaining() >= 22 ? chunk.getShort(20) & 0xFFFF : 0;
        if (count == 0) return STANDARD_COEFFICIENTS;
        if (count > 256 || chunk.remaining() < 22 + 4 * count)
            throw input.refusal("MS-ADPCM with " + count + " pairs of coefficients that are not all there", at + 20);
        int[] coefficients = new int[2 * count];
        for (int i = 0; i < coefficients.length; i++) coefficients[i] = chunk.getShort(22 + 2 * i);
        return coefficients;
    }
}
