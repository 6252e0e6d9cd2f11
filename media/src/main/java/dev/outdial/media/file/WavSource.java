package dev.outdial.media.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * RIFF WAVE, RF64 and BW64. Where the sound ends is found in the file, not believed from its header: programs that stream or crash
 * leave 0 or 0xFFFFFFFF there, and a wrong size must neither cut the sound nor play the chunks after it.
 */
final class WavSource {
    private static final int CHUNK_LIMIT = 1000;
    private static final long IN_DS64 = 0xFFFFFFFFL;

    /** Chunks that programs write behind the sound. One of these is no sound, even where it was cut off. */
    private static final Set<String> AFTER_SOUND = Set.of(
            "LIST", "fact", "cue ", "smpl", "inst", "bext", "iXML", "axml", "chna", "_PMX", "aXML", "JUNK", "junk",
            "PAD ", "FLLR", "PEAK", "acid", "afsp", "DISP", "plst", "labl", "note", "levl", "umid", "cart", "minf",
            "elm1", "regn", "strc", "id3 ", "ID3 ", "r64m");

    private final AudioInput input;
    private @Nullable WavFormat format;
    private long declaredInDs64 = IN_DS64;
    private long factSamples = -1;

    private WavSource(AudioInput input) {
        this.input = input;
    }

    static PcmSource open(AudioInput input) throws IOException {
        return new WavSource(input).open();
    }

    private PcmSource open() throws IOException {
        if (!input.textAt(8, 4).equals("WAVE")) throw input.refusal("RIFF, but not WAVE", 8);
        long at = 12;
        for (int i = 0; i < CHUNK_LIMIT && at + 8 <= input.length(); i++) {
            String id = input.textAt(at, 4);
            long size = int32(at + 4) & 0xFFFFFFFFL;
            switch (id) {
                case "fmt " -> format = WavFormat.parse(input, at + 8, chunk(at, size));
                case "ds64" -> {
                    ByteBuffer sizes = chunk(at, size);
                    if (sizes.remaining() >= 16) declaredInDs64 = sizes.getLong(8);
                }
                case "fact" -> factSamples = int32(at + 8) & 0xFFFFFFFFL;
                case "data" -> {
                    return sound(at, size);
                }
                default -> {}
            }
            at += 8 + size + (size & 1);
        }
        throw input.refusal("no data chunk before the end", input.length());
    }

    private PcmSource sound(long at, long size) throws IOException {
        if (format == null) throw input.refusal("data before the fmt chunk", at);
        long start = at + 8;
        long end = endOfData(start, size == IN_DS64 ? declaredInDs64 : size);
        if (end - start < format.unitByteLength()) throw input.refusal("no sound in the data chunk", at);
        return switch (format) {
            case WavFormat.Linear linear ->
                new SampleSource(
                        "WAV, " + linear.title(),
                        linear.sampleRate(),
                        linear.channels(),
                        linear.coding(),
                        ByteOrder.LITTLE_ENDIAN,
                        new Region(input, start, end));
            case WavFormat.Adpcm adpcm -> {
                long most = adpcm.samplesIn(end - start);
                // The fact chunk tells how much of the last block is sound; of more than that it is not believed.
                boolean endsInLastBlock = factSamples > most - adpcm.blockSamples() && factSamples <= most;
                yield new AdpcmSource(
                        input, adpcm, start, end, endsInLastBlock && factSamples > 0 ? factSamples : most);
            }
        };
    }

    /** The declared end is believed only where nothing, or a chain of chunks, comes after it. */
    private long endOfData(long start, long declared) throws IOException {
        long length = input.length();
        if (declared < 0 || declared >= length - start) return length;
        long at = start + declared + (declared & 1);
        if (AFTER_SOUND.contains(input.textAt(at, 4))) return start + declared;
        if (declared == 0) return length;
        for (int i = 0; i < CHUNK_LIMIT && at + 8 <= length; i++) {
            if (!input.textAt(at, 4).matches("[A-Za-z0-9_ -]{4}")) return length;
            long size = int32(at + 4) & 0xFFFFFFFFL;
            at += 8 + size + (size & 1);
        }
        // One byte may be missing where the last chunk was not padded to an even length.
        return Math.abs(at - length) <= 1 ? start + declared : length;
    }

    private ByteBuffer chunk(long at, long size) throws IOException {
        return input.at(at + 8, (int) Math.min(size, WavFormat.MAX_CHUNK_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int int32(long at) throws IOException {
        ByteBuffer four = input.at(at, 4).order(ByteOrder.LITTLE_ENDIAN);
        return four.remaining() < 4 ? 0 : four.getInt();
    }

    /** The bytes of a part of the file. */
    private static final class Region implements SampleSource.Bytes {
        private final AudioInput input;
        private final long end;
        private long position;

        Region(AudioInput input, long start, long end) {
            this.input = input;
            this.position = start;
            this.end = end;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int limit = target.limit();
            target.limit((int) Math.min(limit, target.position() + end - position));
            int n = target.hasRemaining() ? input.read(target, position) : -1;
            target.limit(limit);
            position += Math.max(0, n);
            return n;
        }
    }
}
