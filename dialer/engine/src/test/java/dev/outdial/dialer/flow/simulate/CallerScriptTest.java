package dev.outdial.dialer.flow.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.flow.simulate.CallerLine.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerScriptTest {
    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void everyLineIsRead() {
        CallerScript script = CallerScript.of("""
                # somebody who is busy
                answers after 4s   # after a while
                presses 1 at 12s
                presses 12# after "Enter your number"
                presses *# 1.5s after "Enter"
                PRESSES # during "Hello # there"
                presses 9 after 500ms
                presses 0
                hangs up at 2m
                is a machine
                beeps after 6s
                falls silent after 7s
                destination +15551234567 answers after 3s and talks for 20s
                destination +15551234567 is busy
                destination sip:bob@example.com does not answer
                destination bob@carrier fails
                destination +15551234568 answers after 1s
                fetch https://example.com/a gives more.json
                fetch https://example.com/b fails
                flow 17 gives other.json
                variable name = Ann "the # one"
                webhook fails
                recording fails
                sound welcome lasts 12s
                sound missing fails
                conference ends after 20s
                time is 2026-03-02T09:30:00Z
                calls us
                """);
        assertThat(script.lines())
                .containsExactly(
                        new CallerLine.AnswersAfter(seconds(4)),
                        new CallerLine.Presses("1", new When.At(seconds(12))),
                        new CallerLine.Presses("12#", new When.AfterPrompt("Enter your number", Duration.ZERO)),
                        new CallerLine.Presses("*#", new When.AfterPrompt("Enter", Duration.ofMillis(1500))),
                        new CallerLine.Presses("#", new When.DuringPrompt("Hello # there")),
                        new CallerLine.Presses("9", new When.After(Duration.ofMillis(500))),
                        new CallerLine.Presses("0", new When.AtOnce()),
                        new CallerLine.HangsUp(new When.At(Duration.ofMinutes(2))),
                        new CallerLine.Is(CallerLine.Who.MACHINE),
                        new CallerLine.GreetingEnds(seconds(6), true),
                        new CallerLine.GreetingEnds(seconds(7), false),
                        new CallerLine.Destination("+15551234567", new Fate.Answers(seconds(3), seconds(20))),
                        new CallerLine.Destination("+15551234567", new Fate.Busy()),
                        new CallerLine.Destination("sip:bob@example.com", new Fate.NoAnswer()),
                        new CallerLine.Destination("bob@carrier", new Fate.Fails()),
                        new CallerLine.Destination("+15551234568", new Fate.Answers(seconds(1), seconds(10))),
                        new CallerLine.Fetch("https://example.com/a", Optional.of("more.json")),
                        new CallerLine.Fetch("https://example.com/b", Optional.empty()),
                        new CallerLine.FlowGiven("17", "other.json"),
                        new CallerLine.Variable("name", "Ann \"the # one\""),
                        new CallerLine.WebhookFails(),
                        new CallerLine.RecordingFails(),
                        new CallerLine.Sound("welcome", Optional.of(seconds(12))),
                        new CallerLine.Sound("missing", Optional.empty()),
                        new CallerLine.ConferenceEnds(seconds(20)),
                        new CallerLine.TimeIs(Instant.parse("2026-03-02T09:30:00Z")),
                        new CallerLine.CallsUs());
    }

    @Test
    void aScriptHoldsSeveralCallersAndWhatComesFirstHoldsForAll() {
        List<CallerScript> callers = CallerScript.readAll("""
                answers after 2s
                caller in a hurry
                hangs up
                caller other
                callee +15551234567
                  answers after 1s
                  presses 1 after "Press 1"
                """);
        assertThat(callers).extracting(CallerScript::name).containsExactly("in a hurry", "other");
        assertThat(callers.getFirst().lines())
                .containsExactly(new CallerLine.AnswersAfter(seconds(2)), new CallerLine.HangsUp(new When.AtOnce()));
        assertThat(callers.getLast().lines()).containsExactly(new CallerLine.AnswersAfter(seconds(2)));
        assertThat(callers.getLast().callees())
                .hasEntrySatisfying(
                        "+15551234567", callee -> assertThat(callee.lines()).hasSize(2));
        assertThat(callers.getFirst().callees()).isEmpty();
    }

    @Test
    void theSameIsSaidInJava() {
        assertThat(CallerScript.SILENT
                        .answersAfter(seconds(4))
                        .pressesAfter("Press 1", "1")
                        .pressesDuring("Thank", "2")
                        .pressesAfter(seconds(1), "3")
                        .variable("name", "Ann")
                        .hangsUpAfter(seconds(5))
                        .lines())
                .isEqualTo(CallerScript.of("""
                        answers after 4s
                        presses 1 after "Press 1"
                        presses 2 during "Thank"
                        presses 3 after 1s
                        variable name = Ann
                        hangs up after 5s
                        """).lines());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "preses 1 at 3s | 'preses': what somebody does, or how the world is, is expected (did you mean 'presses'?)",
                "presses x at 3s | 'x' is not a key: 0-9, *, #, A-D are expected",
                "presses 1 at 3 | '3': a time such as 3s, 500ms or 2m is expected",
                "presses 1 aftr 3s | 'aftr': 'at TIME', 'after TIME', 'after \"TEXT\"' or 'during \"TEXT\"' is expected (did you mean 'after'?)",
                "presses 1 after Enter | 'Enter': part of what is said, in quotes, is expected",
                "presses 1 after \"Enter | the quote that begins \"Enter is not closed",
                "presses | it ends where the keys that are pressed should come",
                "hangs down | 'down': 'up' is expected",
                "is a machin | 'machin': 'machine' or 'person' is expected (did you mean 'machine'?)",
                "variable name Ann | 'Ann': '= VALUE' is expected",
                "time is noon | 'noon': a time in UTC such as 2026-03-02T09:30:00Z is expected",
                "answers after 3s slowly | 'slowly': the end of the line is expected",
                "destination +1555 is bsy | 'bsy': 'busy' is expected (did you mean 'busy'?)"
            })
    void whatCannotBeReadIsSaidWithItsLineAndTheNearestWord(String line, String sentence) {
        assertThatThrownBy(() -> CallerScript.of("# first\n" + line))
                .isInstanceOf(ScriptException.class)
                .hasMessage("line 2: " + sentence);
    }

    @Test
    void nobodyIsThereTwice() {
        assertThatThrownBy(() -> CallerScript.readAll("caller a\ncaller a"))
                .hasMessage("line 2: there is a caller a already");
        assertThatThrownBy(() -> CallerScript.readAll("callee 1\ncallee 1"))
                .hasMessage("line 2: there is a callee 1 already");
        assertThatThrownBy(() -> CallerScript.of("caller a\ncaller b"))
                .hasMessage("line 1: 2 callers: one is expected here");
    }
}
