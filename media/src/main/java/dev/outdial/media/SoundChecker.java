package dev.outdial.media;

import dev.outdial.media.check.SoundCheck;
import dev.outdial.media.check.SoundReport;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.fetch.Fetcher;
import dev.outdial.media.file.PcmSource;
import dev.outdial.media.level.HeardSound;
import dev.outdial.media.mix.Gain;
import dev.outdial.media.record.WavWriter;
import dev.outdial.media.speech.Speaker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says and writes what will be heard of sound, without a call. <b>Threading:</b> any; waits. */
public final class SoundChecker {
    private static final int PIECE_SAMPLES = 4096;
    /** What most lines speak. */
    private static final AudioCodec LINE = AudioCodec.PCMU;

    private final SoundFinder finder;

    /** With who brings sound that is not in a file, where anybody does. */
    public SoundChecker(Optional<Fetcher> fetcher, Optional<Speaker> speaker) {
        finder = new SoundFinder(fetcher, speaker);
    }

    /**
     * Measures sound.
     *
     * @throws java.nio.file.NoSuchFileException for a file that is not there
     * @throws dev.outdial.media.file.AudioFormatException for one that cannot be played
     * @throws IOException with a sentence, where sound cannot be come by
     */
    public SoundReport check(Sound sound) throws IOException {
        try (PcmSource source = finder.find(sound).open()) {
            return SoundCheck.of(source);
        }
    }

    /**
     * Writes what a callee hears of sound over a line without faults, as a WAV file of 8 kHz: decoded, mixed, resampled, perhaps
     * levelled, and through G.711 there and back. A file of that name is replaced; half a file is not left behind.
     *
     * @param levelled whether it is brought to the loudness that all prompts have
     * @param volumeDb how much louder than that it is played, -96 to 24 dB
     * @throws IOException as {@link #check}, or {@link FileSystemException} of {@code wav} where that cannot be written
     */
    public void writeHeard(Sound sound, boolean levelled, double volumeDb, Path wav) throws IOException {
        SoundFinder.Found found = finder.find(sound);
        if (found instanceof SoundFinder.FoundFile file && Files.exists(wav) && Files.isSameFile(file.file(), wav))
            throw new FileSystemException(wav.toString(), null, "it is the file that is read");
        try (PcmSource source = found.heard(LINE.sampleRate(), levelled)) {
            var file = new WavWriter(wav);
            try (file) {
                write(source, Gain.of(LINE, volumeDb), file);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(wav);
                throw e;
            }
        }
    }

    private static void write(PcmSource source, Gain gain, WavWriter file) throws IOException {
        float[] in = new float[PIECE_SAMPLES];
        short[] samples = new short[PIECE_SAMPLES];
        ByteBuffer codes = ByteBuffer.allocate(LINE.bytesFor(PIECE_SAMPLES));
        ByteBuffer linear = ByteBuffer.allocate(2 * PIECE_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int n; (n = source.read(in, 0, in.length)) >= 0; ) {
            for (int i = 0; i < n; i++) samples[i] = HeardSound.linear(in[i]);
            LINE.encode(samples, 0, n, codes.clear());
            gain.apply(codes, 0, codes.position());
            LINE.decode(codes, 0, codes.position(), samples, 0);
            linear.clear();
            for (int i = 0; i < n; i++) linear.putShort(samples[i]);
            file.write(linear.flip());
        }
    }
}
