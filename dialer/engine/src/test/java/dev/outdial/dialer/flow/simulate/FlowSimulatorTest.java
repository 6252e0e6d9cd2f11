package dev.outdial.dialer.flow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.json.Examples;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowSimulatorTest {
    private static FlowSimulation run(String actions, String script) {
        return FlowSimulator.of(FlowReader.read(actions))
                .with(CallerScript.of(script))
                .run();
    }

    private static FlowSimulation branch(String script) throws IOException {
        return FlowSimulator.of(FlowReader.read(Examples.voipbin("branch")))
                .with(CallerScript.of(script))
                .run();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void theCallerChoosesAfterThePrompt() throws IOException {
        FlowSimulation sim = branch("presses 2 after \"Press 3\"");
        assertThat(sim.said()).hasSize(2).last().asString().startsWith("Mama");
        assertThat(sim.end()).isEqualTo(FlowEnd.HUNG_UP);
        assertThat(sim.variables().get("voipbin.call.digits")).hasValue("");
        assertThat(sim.unused()).isEmpty();
    }

    @Test
    void whoSaysNothingIsAskedThreeTimes() throws IOException {
        FlowSimulation sim = branch("");
        assertThat(sim.said()).filteredOn(text -> text.startsWith("Hello")).hasSize(3);
        assertThat(sim.said()).filteredOn(text -> text.startsWith("You didn't")).hasSize(3);
        assertThat(sim.said()).last().asString().startsWith("Loop over");
        assertThat(branch("presses 9 after \"Press 3\"").said()).hasSameElementsAs(sim.said());
    }

    @Test
    void aKeyDuringThePromptCountsWhenItIsOver() throws IOException {
        FlowSimulation sim = branch("answers after 2s\npresses 1 during \"Press 3\"");
        List<TranscriptEntry> said = sim.transcript().stream()
                .filter(entry -> entry.event() instanceof TranscriptEvent.Said)
                .toList();
        int prompt = sim.said().getFirst().length() * 1000 / FlowSimulator.CHARACTERS_A_SECOND;
        assertThat(sim.transcript()).contains(new TranscriptEntry(millis(2500), new TranscriptEvent.KeyPressed('1')));
        assertThat(said).extracting(TranscriptEntry::at).containsExactly(millis(2000), millis(2000 + prompt));
    }

    @Test
    void aKeyEndsWordsThatLetIt() {
        FlowSimulation sim = run("""
                [{"type": "talk", "option": {"text": "Listen to all that we have to say", "digits_handle": "next"}},
                 {"type": "beep"}]""", "presses 5 after 1s");
        assertThat(sim.transcript())
                .contains(
                        new TranscriptEntry(millis(4000), new TranscriptEvent.SoundStopped()),
                        new TranscriptEntry(millis(4000), new TranscriptEvent.Beeped(1000)));
        assertThat(sim.duration()).isEqualTo(millis(4300));
    }

    @Test
    void timeIsWhatTheFlowSaysItIs() {
        FlowSimulation sim = run("""
                [{"type": "dtmf_send", "option": {"dtmfs": "1234567890", "duration": 500, "interval": 500}},
                 {"type": "sleep", "option": {"duration": 700}},
                 {"type": "echo", "option": {"duration": 3000}}]""", "answers after 1s");
        assertThat(sim.duration()).isEqualTo(millis(1000 + 9500 + 700 + 3000));
        assertThat(sim.all(TranscriptEvent.KeysSent.class)).containsExactly(new TranscriptEvent.KeysSent("1234567890"));
    }

    @Test
    void filesLastAsLongAsSomebodySaysAndMissingOnesAreLeftOut() {
        Flow flow = FlowReader.read(
                "[{\"type\": \"play\", \"option\": {\"stream_urls\": [\"a.wav\", \"gone.wav\", \"b.wav\"]}}]");
        FlowSimulation sim = FlowSimulator.of(flow)
                .filesLasting(file -> Duration.ofSeconds(2))
                .with(CallerScript.of("sound gone fails\nsound b.wav lasts 7s"))
                .run();
        assertThat(sim.duration()).isEqualTo(Duration.ofSeconds(3 + 2 + 7));
        assertThat(sim.transcript())
                .contains(
                        new TranscriptEntry(millis(3000), new TranscriptEvent.Played("a.wav")),
                        new TranscriptEntry(millis(5000), new TranscriptEvent.Played("b.wav")));
        assertThat(sim.all(TranscriptEvent.Played.class)).hasSize(2);
    }

    @Test
    void nothingToBeHadIsAFailureThatTheFlowSurvives() {
        FlowSimulation sim = run(
                "[{\"type\": \"play\", \"option\": {\"stream_urls\": [\"gone.wav\"]}}, {\"type\": \"beep\"}]",
                "sound gone fails");
        assertThat(sim.all(TranscriptEvent.StepFailed.class)).hasSize(1);
        assertThat(sim.all(TranscriptEvent.Beeped.class)).hasSize(1);
    }

    @Test
    void soundWithoutEndEndsWithTheLongestCall() {
        FlowSimulation sim =
                run("[{\"type\": \"play\", \"option\": {\"stream_urls\": [\"a.wav\"], \"loop\": true}}]", "");
        assertThat(sim.duration()).isEqualTo(FlowSimulator.LONGEST_CALL);
        assertThat(sim.end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(sim.all(TranscriptEvent.TimeOver.class)).hasSize(1);
    }

    @Test
    void whoHangsUpEndsTheFlowAndWhatWasStillToComeIsTold() {
        FlowSimulation sim = run(
                "[{\"type\": \"sleep\", \"option\": {\"duration\": 60000}}]",
                "hangs up at 5s\npresses 1 after \"never said\"");
        assertThat(sim.end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(sim.duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(sim.unused()).extracting(CallerLine.Deed::words).containsExactly("presses 1 after \"never said\"");
    }

    @Test
    void aFlowOfJumpsEndsByItsLimit() {
        String loop = "[{\"id\": \"a\", \"type\": \"empty\", \"next_id\": \"a\"}]";
        assertThat(run(loop, "").end()).isEqualTo(FlowEnd.LIMIT);
        FlowSimulation strict = FlowSimulator.of(FlowReader.read(loop))
                .limits(new FlowLimits(1, 10))
                .run();
        assertThat(strict.steps()).hasSize(10);
    }

    @Test
    void aCallToUsIsAnsweredByTheFirstWord() {
        FlowSimulation sim = run(
                "[{\"type\": \"sleep\", \"option\": {\"duration\": 2000}}, {\"type\": \"talk\", \"option\": {\"text\": \"Hi\"}}]",
                "calls us");
        assertThat(sim.transcript())
                .contains(new TranscriptEntry(millis(2000), new TranscriptEvent.Answered()))
                .noneMatch(entry -> entry.event() instanceof TranscriptEvent.Answered
                        && entry.at().isZero());
        assertThat(sim.said()).containsExactly("Hi");
    }

    @Test
    void whoeverCannotBeConnectedGivesItsReason() {
        FlowSimulation sim = run("""
                [{"type": "connect", "option": {"relay_reason": true,
                  "destinations": [{"type": "tel", "target": "+15550142"}]}},
                 {"type": "talk", "option": {"text": "still there"}}]""", "destination +15550142 is busy");
        assertThat(sim.all(TranscriptEvent.HungUp.class))
                .containsExactly(new TranscriptEvent.HungUp(HangupReason.NORMAL, List.of("+15550142")));
        assertThat(sim.said()).isEmpty();
    }

    @Test
    void whatIsSaidOfANumberComesTrueInOrder() {
        FlowSimulation sim = run("""
                [{"id": "c", "type": "connect", "option": {"destinations": [{"type": "tel", "target": "+15550142"}]}},
                 {"type": "goto", "option": {"target_id": "c", "loop_count": 2}}]""", """
                destination +15550142 is busy
                destination +15550142 does not answer
                destination +15550142 answers after 2s and talks for 4s
                """);
        assertThat(sim.all(TranscriptEvent.NotConnected.class))
                .extracting(TranscriptEvent.NotConnected::why)
                .containsExactly("is busy", "does not answer");
        assertThat(sim.duration()).isEqualTo(Duration.ofSeconds(3 + 1 + 30 + 2 + 4));
    }

    @Test
    void whatIsFetchedIsRunAndWhatIsNotEndsTheFlow() {
        String fetch = "[{\"type\": \"fetch\", \"option\": {\"event_url\": \"https://example.com/more\"}}]";
        FlowSimulator simulator = FlowSimulator.of(FlowReader.read(fetch))
                .flows(name -> name.equals("more.json")
                        ? Optional.of(FlowReader.read("[{\"type\": \"talk\", \"option\": {\"text\": \"More\"}}]"))
                        : Optional.empty());
        assertThat(simulator
                        .with(CallerScript.of("fetch https://example.com/more gives more.json"))
                        .run()
                        .said())
                .containsExactly("More");
        assertThat(simulator
                        .with(CallerScript.of("fetch https://example.com/more fails"))
                        .run()
                        .end())
                .isEqualTo(FlowEnd.FAILED);
        assertThat(simulator.run().end()).isEqualTo(FlowEnd.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-05T16:59:00Z, open", "2026-01-05T17:00:00Z, closed"})
    void theClockIsTheScripts(String time, String said) {
        FlowSimulation sim = run("""
                [{"type": "condition_datetime", "option": {"condition": "<", "hour": 17, "false_target_id": "closed"}},
                 {"type": "talk", "option": {"text": "open"}}, {"type": "hangup"},
                 {"id": "closed", "type": "talk", "option": {"text": "closed"}}]""", "time is " + time);
        assertThat(sim.said()).containsExactly(said);
    }

    @Test
    void callsThatComeOfCallsComeToAnEnd() {
        String again = """
                [{"type": "call", "option": {"flow_id": "again", "destinations": [
                  {"type": "tel", "target": "+15550142"}, {"type": "tel", "target": "+15550143"}]}}]""";
        FlowSimulation sim = FlowSimulator.of(FlowReader.read(again))
                .flows(id -> Optional.of(FlowReader.read(again)))
                .with(CallerScript.of("destination +15550142 answers after 1s\ndestination +15550143 answers after 1s"))
                .run();
        assertThat(sim.placed()).extracting(FlowSimulation.Placed::target).containsExactly("+15550142", "+15550143");
        assertThat(sim.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(depth(sim)).isEqualTo(6);
        assertThat(count(sim)).isEqualTo(1 + 2 + 4 + 8 + 16 + 32);
    }

    private static int depth(FlowSimulation sim) {
        return 1
                + sim.placed().stream()
                        .mapToInt(each -> depth(each.run()))
                        .max()
                        .orElse(0);
    }

    private static int count(FlowSimulation sim) {
        return 1 + sim.placed().stream().mapToInt(each -> count(each.run())).sum();
    }

    @Test
    void theSameFlowAndScriptComeToTheSameTranscript() throws IOException {
        String script = "presses 1 during \"Hello\"\nhangs up after 20s";
        assertThat(branch(script)).isEqualTo(branch(script));
        assertThat(branch(script).transcript().getFirst()).hasToString("   3.000  answered");
    }

    @Test
    void keysAreGatheredUpToPound() {
        FlowSimulation sim = run("""
                [{"type": "gather", "option": {"prompt": "Enter your number"}},
                 {"type": "webhook_send", "option": {"uri": "https://example.com", "data": "${voipbin.call.digits}"}}]""", "presses 12# after \"enter your\"");
        assertThat(sim.all(TranscriptEvent.WebhookSent.class))
                .containsExactly(new TranscriptEvent.WebhookSent("POST", "https://example.com", "12", true));
    }
}
