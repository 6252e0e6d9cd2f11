package dev.outdial.media.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MS-ADPCM and IMA-ADPCM as WAV files hold them: blocks that each begin anew. */
final class AdpcmSource implements PcmSource {
    private static final int[] MS_ADAPTION = {
        230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230
    };
    private static final int[] IMA_INDEX = {-1, -1, -1, -1, 2, 4, 6, 8};
    private static final int[] IMA_STEP = {
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
        107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796,
        876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871,
        5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623,
        27086, 29794, 32767
    };

    private final AudioInput input;
    private final WavFormat.Adpcm format;
    private final long end;
    private final ByteBuffer block;
    private final short[][] samples;
    private long position;
    private long samplesLeft;
    private int at;
    private int length;

    /** Decodes the bytes from {@code start} to {@code end}, up to {@code sampleCount} samples of each channel. */
    AdpcmSource(AudioInput input, WavFormat.Adpcm format, long start, long end, long sampleCount) {
        this.input = input;
        this.format = format;
        this.position = start;
        this.end = end;
        this.samplesLeft = sampleCount;
        this.block = ByteBuffer.allocate(format.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        this.samples = new short[format.channels()][format.blockSamples() + 8];
    }

    @Override
    public String format() {
        return "WAV, " + format.title();
    }

    @Override
    public int sampleRate() {
        return format.sampleRate();
    }

    @Override
    public int channels() {
        return format.channels();
    }

    @Override
    public int read(float[] target, int offset, int count) throws IOException {
        if (at == length && !decodeBlock()) return -1;
        int n = Math.min(count, length - at);
        for (int i = 0; i < n; i++, at++)
            target[offset + i] =
                    format.channels() == 1 ? samples[0][at] / 32768f : (samples[0][at] + samples[1][at]) / 65536f;
        return n;
    }

    private boolean decodeBlock() throws IOException {
        block.clear();
        block.limit((int) Math.min(block.capacity(), end - position));
        while (block.hasRemaining() && input.read(block, position + block.position()) > 0) {}
        block.flip();
        length = (int) Math.min(samplesLeft, format.samplesIn(block.limit()));
        if (block.limit() == block.capacity()) length = (int) Math.min(samplesLeft, format.blockSamples());
        if (length == 0) return false;
        if (format.isMicrosoft()) decodeMicrosoft();
        else decodeIma();
        position += block.limit();
        samplesLeft -= length;
        at = 0;
        return true;
    }

    private void decodeMicrosoft() throws AudioFormatException {
        int channels = format.channels();
        for (int c = 0; c < channels; c++) {
            int predictor = block.get(c) & 0xFF;
            if (2 * predictor >= format.coefficients().length)
                throw input.refusal("MS-ADPCM block with predictor " + predictor + " of none such", position);
            int first = format.coefficients()[2 * predictor];
            int second = format.coefficients()[2 * predictor + 1];
            int delta = block.getShort(channels + 2 * c);
            short[] out = samples[c];
            out[1] = block.getShort(3 * channels + 2 * c);
            out[0] = block.getShort(5 * channels + 2 * c);
            for (int i = 2; i < length; i++) {
                int nibble = nibble((i - 2) * channels + c);
                int predicted = (out[i - 1] * first + out[i - 2] * second) / 256;
                out[i] = clip(predicted + ((nibble ^ 8) - 8) * delta);
                // A hostile delta in the header would grow without end.
                delta = Math.clamp(MS_ADAPTION[nibble] * delta >> 8, 16, Short.MAX_VALUE);
            }
        }
    }

    /** High half of a byte first. */
    private int nibble(int number) {
        int both = block.get(7 * format.channels() + number / 2);
        return (number % 2 == 0 ? both >> 4 : both) & 15;
    }

    private void decodeIma() throws AudioFormatException {
        int channels = format.channels();
        for (int c = 0; c < channels; c++) {
            int predicted = block.getShort(4 * c);
            int index = block.get(4 * c + 2) & 0xFF;
            if (index >= IMA_STEP.length)
                throw input.refusal("IMA-ADPCM block with step " + index + ", expected at most 88", position);
            samples[c][0] = (short) predicted;
            for (int i = 1; i < length; i++) {
                int number = i - 1;
                int both = block.get(4 * channels + (number / 8 * channels + c) * 4 + number % 8 / 2);
                int code = (number % 2 == 0 ? both : both >> 4) & 15;
                int step = IMA_STEP[index];
                int difference = step >> 3;
                if ((code & 4) != 0) difference += step;
                if ((code & 2) != 0) difference += step >> 1;
                if ((code & 1) != 0) difference += step >> 2;
                predicted = clip((code & 8) != 0 ? predicted - difference : predicted + difference);
                index = Math.clamp(index + IMA_INDEX[code & 7], 0, IMA_STEP.length - 1);
                samples[c][i] = (short) predicted;
            }
        }
    }

    private static short clip(int sample) {
        return (short) Math.clamp(sample, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public void close() {
        // The input belongs to who opened it.
    }
}
