package dev.outdial.media.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Opens audio files by what they contain, whatever their names say: MP3, WAV (PCM, float, mu-law, A-law) and Ogg Vorbis.
 * At most 50 MB and 10 minutes are read.
 */
public final class AudioFiles {
    /** The largest file that is opened, in bytes. */
    public static final long MAX_BYTES = 50L << 20;
    /** The longest sound that is read, in seconds. */
    public static final int MAX_SECONDS = 600;

    private static final int MIN_RATE = 4000;
    private static final int MAX_RATE = 192_000;
    private static final String EXPECTED = ", expected MP3, WAV or Ogg Vorbis";

    private AudioFiles() {}

    /**
     * Opens a file for reading from its first sample.
     *
     * @throws NoSuchFileException when it is not there
     * @throws AudioFormatException when it is no audio that is understood here
     */
    public static PcmSource open(Path file) throws IOException {
        if (Files.isDirectory(file)) throw new AudioFormatException(file, "a folder" + EXPECTED);
        long byteLength = Files.size(file);
        if (byteLength == 0) throw new AudioFormatException(file, "empty" + EXPECTED);
        if (byteLength > MAX_BYTES)
            throw new AudioFormatException(file, byteLength + " bytes, expected at most " + MAX_BYTES);
        PcmSource source = openByContent(file);
        int rate = source.sampleRate();
        if (rate < MIN_RATE || rate > MAX_RATE) {
            source.close();
            throw new AudioFormatException(
                    file, "sample rate " + rate + " Hz, expected " + MIN_RATE + " to " + MAX_RATE + " Hz");
        }
        return new DurationLimit(file, source);
    }

    private static PcmSource openByContent(Path file) throws IOException {
        String magic = magic(file);
        if (magic.startsWith("RIFF") || magic.startsWith("RF64")) return WavSource.open(file);
        if (magic.startsWith("OggS")) return VorbisSource.open(file);
        if (magic.startsWith("FORM")) throw new AudioFormatException(file, "AIFF" + EXPECTED);
        if (magic.startsWith(".snd")) throw new AudioFormatException(file, "Sun AU" + EXPECTED);
        if (magic.startsWith("fLaC")) throw new AudioFormatException(file, "FLAC" + EXPECTED);
        if (magic.startsWith("ftyp", 4)) throw new AudioFormatException(file, "MP4 or AAC" + EXPECTED);
        return Mp3Source.open(file);
    }

    private static String magic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
        }
    }

    /** Ends a sound that goes on for too long: what a small file decodes to is not known before. */
    private static final class DurationLimit implements PcmSource {
        private final Path file;
        private final PcmSource source;
        private long left;

        DurationLimit(Path file, PcmSource source) {
            this.file = file;
            this.source = source;
            this.left = (long) MAX_SECONDS * source.sampleRate();
        }

        @Override
        public String format() {
            return source.format();
        }

        @Override
        public int sampleRate() {
            return source.sampleRate();
        }

        @Override
        public int channels() {
            return source.channels();
        }

        @Override
        public int read(float[] target, int offset, int count) throws IOException {
            int n = source.read(target, offset, count);
            left -= Math.max(0, n);
            if (left < 0) throw new AudioFormatException(file, "longer than " + MAX_SECONDS / 60 + " minutes");
            return n;
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
