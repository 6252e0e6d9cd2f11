package dev.outdial.dialer.flow.machine;

import static dev.outdial.dialer.flow.machine.Steps.connect;
import static dev.outdial.dialer.flow.machine.Steps.empty;
import static dev.outdial.dialer.flow.machine.Steps.fetch;
import static dev.outdial.dialer.flow.machine.Steps.optOut;
import static dev.outdial.dialer.flow.machine.Steps.receive;
import static dev.outdial.dialer.flow.machine.Steps.send;
import static dev.outdial.dialer.flow.machine.Steps.sleep;
import static dev.outdial.dialer.flow.machine.Steps.talk;
import static dev.outdial.dialer.flow.machine.Steps.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.FlowStep;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was pressed and heard is kept before anybody notices what comes of it. */
class FlowJournalTest {
    @Test
    void theNextPromptWaitsUntilWhatWasPressedIsKept() {
        var story = FlowStory.of(receive("ask", 5, 2), empty("e"), talk("thanks"))
                .slowJournal()
                .begin();
        story.press("12");
        assertThat(story.kept()).containsExactly("1 ask 12");
        assertThat(story.did()).isEmpty();
        assertThat(story.at()).isEqualTo("thanks");
        assertThat(story.path()).containsExactly("ask", "e");
        story.pass(10);
        assertThat(story.did()).isEmpty();
        story.journalKeeps();
        assertThat(story.did()).containsExactly("say thanks");
        assertThat(story.path()).containsExactly("ask", "e", "thanks");
    }

    static Stream<FlowStep> whatIsNoticed() {
        return Stream.of(
                talk("x"),
                send("x", "1"),
                connect("x", false, "+1"),
                fetch("x", "u"),
                webhook("x", false, "d"),
                optOut("x", "Press 9", "", ""));
    }

    @ParameterizedTest
    @MethodSource("whatIsNoticed")
    void nothingThatIsNoticedHappensBefore(FlowStep step) {
        var story = FlowStory.of(receive("ask", 5, 1), step, sleep("s", 1))
                .slowJournal()
                .begin();
        story.press("1");
        assertThat(story.did()).isEmpty();
        story.journalKeeps();
        assertThat(story.did()).isNotEmpty();
    }

    @Test
    void whatNobodyNoticesWaitsForNothing() {
        var story = FlowStory.of(receive("ask", 5, 1), empty("e"), sleep("s", 1), receive("more", 5, 2))
                .slowJournal()
                .begin();
        story.press("1");
        assertThat(story.at()).isEqualTo("s");
        story.pass(1);
        assertThat(story.at()).isEqualTo("more");
    }

    @Test
    void allOfItMustBeKept() {
        var story = FlowStory.of(receive("a", 5, 1), receive("b", 5, 2), talk("end"))
                .slowJournal()
                .begin();
        story.press("12");
        assertThat(story.kept()).containsExactly("1 a 1", "2 b 12");
        story.journalKeeps();
        assertThat(story.did()).isEmpty();
        story.journalKeeps();
        assertThat(story.did()).containsExactly("say end");
    }

    @Test
    void keysMeanwhileAreKeptForLater() {
        var story = FlowStory.of(talk("a"), talk("b"), receive("ask", 5, 1))
                .slowJournal()
                .begin();
        story.done().press("7").journalKeeps();
        assertThat(story.digits()).isEqualTo("7");
        assertThat(story.did()).containsExactly("say a", "say b");
    }

    @Test
    void anEntryThatWasNeverGivenIsNotTakenForKept() {
        var story = FlowStory.of(talk("a"), talk("b")).slowJournal().begin();
        story.hear(new FlowEvent.Recorded(5));
        story.done();
        assertThat(story.did()).containsExactly("say a");
    }

    @Test
    void theEndOfTheCallDoesNotWait() {
        var story = FlowStory.of(talk("a")).slowJournal().begin().done();
        assertThat(story.did()).containsExactly("say a", "hang up normal");
        assertThat(story.kept()).containsExactly("1 a ");
    }

    @Test
    void aCallThatEndsMeanwhileIsOver() {
        var story =
                FlowStory.of(talk("a"), talk("b")).slowJournal().begin().done().callEnds();
        story.journalKeeps();
        assertThat(story.did()).containsExactly("say a");
        assertThat(story.told()).containsExactly("started", "ended CALL_ENDED");
    }
}
