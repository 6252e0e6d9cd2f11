package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.DialRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PlayOptionsTest {
    private static final DialRequest REQUEST = DialRequest.direct("sip:1000@192.0.2.7");

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            --json                                  ; PT1H
            --hold 30m                              ; PT1H30M
            --play a.mp3                            ; PT1H10M
            --play a.mp3 --level                    ; PT1H10M
            --play a.mp3 --repeat 20                ; PT4H20M
            --play a.mp3 --play b.mp3 --repeat 3    ; PT2H
            --say one --play b.mp3 --say two        ; PT1H30M
            --play a.mp3 --repeat 2147483647        ; PT25H
            --play a.mp3 --repeat 10000 --hold 24h  ; PT49H
            """)
    void aCallMayLastAsLongAsItsRepeatsMayTake(String options, Duration longest) {
        assertThat(options(options).allowing(REQUEST).maxDuration()).isEqualTo(longest);
    }

    @Test
    void aRepeatCountBelowOneIsRefused() {
        assertThatThrownBy(() -> options("--play a.mp3 --repeat -5").allowing(REQUEST))
                .isInstanceOf(UsageException.class)
                .hasMessage("--repeat: -5 is less than one");
    }

    private static PlayOptions options(String typed) {
        var options = new PlayOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("play", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .registerConverter(Duration.class, Durations::parse)
                .parseArgs(typed.split(" "));
        return options;
    }
}
