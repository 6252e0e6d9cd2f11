package dev.outdial.testbed.junit;

import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;

/** Sound that one side heard, and questions to it: what a callee heard, or a caller's own recording. Immutable. */
public final class HeardSound {
    private static final int SHORTEST_TONE_MILLIS = 100;
    /** What counts as sound: -55 dBov, well above the rounding of G.711 and below any speech. */
    private static final int FAINTEST_SAMPLE = 100;

    private final short[] pcm;

    private HeardSound(short[] pcm) {
        this.pcm = pcm;
    }

    /** Sound of 8 kHz. */
    public static HeardSound of(short[] pcm) {
        return new HeardSound(pcm.clone());
    }

    /**
     * The sound in a WAV file of 8 kHz, 16 bit, mono: what the caller's side recorded.
     *
     * @throws IOException where it cannot be read or is another sort of file
     */
    public static HeardSound in(Path wav) throws IOException {
        return new HeardSound(WavFile.read(wav));
    }

    /** Whether there is a tone of that frequency, 50 to 3950 Hz, for 100 ms at least. */
    public boolean hasTone(int hertz) {
        return ToneProbe.hertz(hertz).tones(pcm).stream()
                .anyMatch(tone -> tone.endMillis() - tone.startMillis() >= SHORTEST_TONE_MILLIS);
    }

    /** Whether another sound, 8 kHz PCM, is in it whole. */
    public boolean isWhole(short[] reference) {
        return likeness(reference).whole();
    }

    /** How like another sound it is. */
    public SoundComparison likeness(short[] reference) {
        return SoundComparison.compare(pcm, reference);
    }

    /** Whether nothing can be heard in it. */
    public boolean isSilent() {
        for (short sample : pcm) {
            if (Math.abs(sample) > FAINTEST_SAMPLE) return false;
        }
        return true;
    }

    /** How long it is. */
    public long millis() {
        return pcm.length / 8;
    }
}
