package dev.outdial.media.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** What a WAV file's fmt chunk says, as far as it can be played. */
sealed interface WavFormat {
    int sampleRate();

    int channels();

    /** Bytes of the least that can be decoded. */
    int unitByteLength();

    /** For people. */
    String title();

    /** Samples that have their own bytes. */
    record Linear(SampleCoding coding, int sampleRate, int channels) implements WavFormat {
        @Override
        public int unitByteLength() {
            return coding.byteLength() * channels;
        }

        @Override
        public String title() {
            return coding.title();
        }
    }

    /**
     * Blocks of differences.
     *
     * @param blockSamples of each channel
     * @param coefficients pairs; none for IMA-ADPCM
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Adpcm(int sampleRate, int channels, int blockBytes, int blockSamples, int[] coefficients)
            implements WavFormat {
        boolean isMicrosoft() {
            return coefficients.length > 0;
        }

        @Override
        public int unitByteLength() {
            return channels * (isMicrosoft() ? 7 : 4);
        }

        @Override
        public String title() {
            return isMicrosoft() ? "MS-ADPCM" : "IMA-ADPCM";
        }

        /** Samples of each channel that as many bytes hold, where the last block is not whole. */
        long samplesIn(long byteLength) {
            int left = (int) (byteLength % blockBytes);
            int inHeader = isMicrosoft() ? 2 : 1;
            // IMA-ADPCM puts eight samples of one channel after eight of another.
            int step = isMicrosoft() ? 1 : 8;
            int inRest =
                    left < unitByteLength() ? 0 : inHeader + (left - unitByteLength()) * 2 / channels / step * step;
            return byteLength / blockBytes * blockSamples + Math.min(inRest, blockSamples);
        }
    }

    /** The most that is read of the chunk: MS-ADPCM has up to 256 pairs of coefficients. */
    int MAX_CHUNK_BYTES = 22 + 256 * 4;

    private static AudioFormatException refusal(AudioInput input, String reason, long at) {
        return input.refusal(reason, at);
    }

    /** Reads the chunk whose content begins at {@code at}. */
    static WavFormat parse(AudioInput input, long at, ByteBuffer chunk) throws AudioFormatException {
        if (chunk.remaining() < 16)
            throw refusal(input, "fmt chunk of " + chunk.remaining() + " bytes, expected 16 or more", at);
        int tag = chunk.getShort(0) & 0xFFFF;
        int channels = chunk.getShort(2) & 0xFFFF;
        int sampleRate = chunk.getInt(4);
        int bits = chunk.getShort(14) & 0xFFFF;
        if (tag == WavTag.EXTENSIBLE) tag = tagOfGuid(input, at, chunk);
        if (channels < 1 || channels > WavTag.MAX_CHANNELS)
            throw refusal(input, channels + " channels, expected 1 to " + WavTag.MAX_CHANNELS, at + 2);
        if (tag == WavTag.MS_ADPCM || tag == WavTag.IMA_ADPCM) return WavTag.adpcm(input, at, chunk, tag);
        return new Linear(WavTag.coding(input, at, tag, bits), sampleRate, channels);
    }

    /** An extensible format carries the old tag in the first bytes of its GUID, if the rest is the one for that. */
    private static int tagOfGuid(AudioInput input, long at, ByteBuffer chunk) throws AudioFormatException {
        if (chunk.remaining() < 40)
            throw refusal(input, "extensible fmt chunk of " + chunk.remaining() + " bytes, expected 40", at);
        byte[] guid = new byte[16];
        chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(24).get(guid);
        String text = HexFormat.of().formatHex(guid);
        if (!text.endsWith(WavTag.GUID_TAIL)) throw refusal(input, "WAV of the unknown kind " + text, at + 24);
        return chunk.getShort(24) & 0xFFFF;
    }
}
