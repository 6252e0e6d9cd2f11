package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.tone.ProgressTone;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.media.tone.ToneDetector;
import dev.outdial.media.tone.ToneEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phone that rings, as its network has it. */
class CadenceSourceTest {
    @ParameterizedTest
    @ValueSource(strings = {"US", "ETSI", "GB", "DE", "FR", "IT", "ES", "IN", "JP", "AU", "BR", "SA", "EG", "AE"})
    void theRingingOfEachCountryIsHeardAsRinging(String country) {
        ProgressTone ringing = ProgressTones.of(country).tones().stream()
                .filter(tone -> tone.meaning() == ProgressTone.Meaning.RINGBACK)
                .findFirst()
                .orElseThrow();
        var heard = new ArrayList<ToneEvent>();
        var detector = new ToneDetector(ProgressTones.of(country), heard::add);
        short[] turn = samples(ringing);
        assertThat(turn).hasSize(ringing.cycleMillis() * 8);
        for (int turns = 0; turns < 3; turns++)
            for (int at = 0; at < turn.length; at += 160) {
                short[] packet = Arrays.copyOfRange(turn, at, Math.min(at + 160, turn.length));
                detector.put(packet, packet.length);
            }
        assertThat(heard.stream().map(tone -> tone.getClass().getSimpleName()).distinct())
                .containsExactly("Ringback");
        int loudest = 0;
        for (short sample : turn) loudest = Math.max(loudest, Math.abs(sample));
        assertThat(loudest).isBetween(2000, 16_000);
        // It neither begins nor ends with a click.
        assertThat(Math.abs(turn[0])).isLessThan(100);
    }

    private static short[] samples(ProgressTone tone) {
        List<Float> all = new ArrayList<>();
        float[] piece = new float[500];
        try (var source = new CadenceSource(tone)) {
            assertThat(source.sampleRate()).isEqualTo(8000);
            for (int n; (n = source.read(piece, 0, piece.length)) > 0; ) for (int i = 0; i < n; i++) all.add(piece[i]);
        }
        short[] samples = new short[all.size()];
        for (int i = 0; i < samples.length; i++) samples[i] = (short) (all.get(i) * 32_767);
        return samples;
    }
}
