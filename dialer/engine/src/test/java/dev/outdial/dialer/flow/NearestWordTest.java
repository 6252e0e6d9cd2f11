package dev.outdial.dialer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
    private static final Set<String> WORDS = Set.of("length", "key", "duration", "target_id", "tel", "recording_start");

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            lenght     => length
            lengt      => length
            LENGTH     => length
            ky         => key
            yke        => -
            durration  => duration
            targt_id   => target_id
            record     => recording_start
            re         => -
            something  => -
            """)
    void aSlipOfTheFingersIsUnderstood(String typed, String meant) {
        assertThat(NearestWord.among(WORDS, typed).orElse("-")).isEqualTo(meant);
    }

    @Test
    void aHintIsTheEndOfASentence() {
        assertThat(NearestWord.hint(WORDS, "lenght")).isEqualTo(" (did you mean \"length\"?)");
        assertThat(NearestWord.hint(WORDS, "something")).isEmpty();
    }

    @Test
    void whatIsEmptyOrEndlessIsNoSlip() {
        assertThat(NearestWord.among(WORDS, " ")).isEmpty();
        assertThat(NearestWord.among(WORDS, "k".repeat(1_000_000))).isEmpty();
    }
}
