package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandWordsTest {
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            espeak-ng                        => espeak-ng
            piper  --model {voice} -f -      => piper|--model|{voice}|-f|-
            say 'two words' "it's" ''        => say|two words|it's|
            /opt/a\\ b $(x) *                => /opt/a\\|b|$(x)|*
            """)
    void spacesPartAndQuotesHoldTogether(String typed, String words) {
        assertThat(String.join("|", CommandWords.split(typed))).isEqualTo(words);
    }

    @Test
    void aQuoteThatIsNotClosedIsASentence() {
        assertThat(CommandWords.split("  ")).isEmpty();
        assertThatThrownBy(() -> CommandWords.split("say 'it"))
                .isInstanceOf(UsageException.class)
                .hasMessage("a quote (') is not closed in the command");
    }
}
