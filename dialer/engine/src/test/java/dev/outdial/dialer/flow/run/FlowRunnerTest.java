package dev.outdial.dialer.flow.run;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.detect.WhoAnswered;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.testing.FakeCall;
import dev.outdial.dialer.testing.FakePerson;
import dev.outdial.dialer.testing.FakeTrunk;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flows in calls that are played: each command is carried out, and minutes take milliseconds. */
@Timeout(60)
class FlowRunnerTest {
    private static final String ALICE = "+15551234567";

    private final FakeTrunk trunk = FakeTrunk.named("carrier");
    private final List<FlowHappening> heard = new CopyOnWriteArrayList<>();
    private FlowSettings settings = FlowSettings.of("carrier");

    @TempDir
    private Path folder;

    @Test
    void aFlowOfMinutesTakesMilliseconds() throws Exception {
        trunk.callee(ALICE).rings().answersAfter(ofSeconds(5)).presses("1", ofMinutes(3));
        long begin = System.nanoTime();
        FlowResult result = dial("""
                [{"type":"talk","option":{"text":"Hello ${name}"}},
                 {"type":"beep"},
                 {"type":"digits_send","option":{"digits":"12","duration":500,"interval":500}},
                 {"type":"sleep","option":{"duration":120000}},
                 {"type":"digits_receive","option":{"duration":600000,"length":1}},
                 {"type":"hangup","option":{"reason":"normal"}}]""", FlowStart.usual().with("name", "Ann"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ofSeconds(20));
        assertThat(result.end()).isEqualTo(FlowEnd.HUNG_UP);
        assertThat(result.variables().get(Variables.DIGITS)).hasValue("1");
        assertThat(result.outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(result.outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(result.outcome().talkMillis()).isBetween(180_000L, 190_000L);
        FakeCall call = trunk.calls().getFirst();
        assertThat(call.played()).extracting(FakeCall.Played::clip).containsExactly("Hello Ann", "a tone of 1000 Hz");
        assertThat(call.keys()).isEqualTo("12");
        assertThat(steps()).containsExactly("talk", "beep", "digits_send", "sleep", "digits_receive", "hangup");
        assertThat(heard.getFirst()).isInstanceOf(FlowHappening.Started.class);
        assertThat(heard.getLast()).isEqualTo(new FlowHappening.Ended(FlowEnd.HUNG_UP, ""));
    }

    @Test
    void whatIsKnownOfTheCallIsSetWhenTheFlowBegins() throws Exception {
        trunk.callee(ALICE).answers();
        FlowResult result =
                dial("[]", new FlowStart(java.util.Map.of("voipbin.call.id", "forged"), false, "f1", "r1", "m1"));
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(result.variables().values())
                .containsEntry("voipbin.call.direction", "outgoing")
                .containsEntry("voipbin.call.destination.target", ALICE)
                .containsEntry("voipbin.call.destination.type", "tel")
                .containsEntry("voipbin.call.source.target", "outdial")
                .containsEntry("voipbin.call.master_call_id", "m1")
                .containsEntry("voipbin.activeflow.id", "r1")
                .containsEntry("voipbin.activeflow.flow_id", "f1")
                .containsEntry("voipbin.activeflow.reference_type", "call")
                .doesNotContainValue("forged");
        assertThat(result.variables().get("voipbin.call.id"))
                .isEqualTo(result.variables().get("voipbin.activeflow.reference_id"));
    }

    @Test
    void nobodyAnswersAndTheFlowNeverBegins() throws Exception {
        trunk.callee(ALICE).isBusy();
        FlowResult result = dial("[{\"type\":\"talk\",\"option\":{\"text\":\"Hello\"}}]");
        assertThat(result.end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(result.outcome().kind()).isEqualTo(OutcomeKind.BUSY);
        assertThat(heard).singleElement().isInstanceOf(FlowHappening.Ended.class);
    }

    @Test
    void earlyExecutionBeginsWhenItRings() throws Exception {
        trunk.callee(ALICE).rings().answersAfter(ofSeconds(10));
        FlowResult result = dial("""
                [{"type":"sleep","option":{"duration":4000}},
                 {"type":"talk","option":{"text":"Hello"}}]""", FlowStart.usual().whenItRings());
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(trunk.calls().getFirst().played())
                .extracting(FakeCall.Played::clip)
                .containsExactly("Hello");
        // The four seconds were over when somebody answered.
        assertThat(result.outcome().talkMillis()).isLessThan(4000);
    }

    @Test
    void theFarEndHangsUpMidTalk() throws Exception {
        trunk.callee(ALICE).answers().hangsUpAfter(ofMillis(300));
        FlowResult result = dial("""
                [{"type":"talk","option":{"text":"A long story that nobody hears to its end"}},
                 {"type":"talk","option":{"text":"Never heard"}}]""");
        assertThat(result.end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(result.outcome().endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(steps()).containsExactly("talk");
    }

    @Test
    void aKeyStopsTheWordsWhereTheyAskForIt() throws Exception {
        wav("long.wav", ofSeconds(60));
        trunk.callee(ALICE).answers().presses("7", ofSeconds(2));
        FlowResult result = dial("""
                [{"type":"play","option":{"stream_urls":["long.wav"],"digits_handle":"next"}},
                 {"type":"talk","option":{"text":"Next"}}]""");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(result.variables().get(Variables.DIGITS)).hasValue("7");
        List<FakeCall.Played> played = trunk.calls().getFirst().played();
        assertThat(played).hasSize(2);
        assertThat(played.getFirst().whole()).isFalse();
        assertThat(played.getFirst().length()).isBetween(ofMillis(1800), ofMillis(2400));
        assertThat(played.getLast().clip()).isEqualTo("Next");
    }

    @Test
    void filesThatCannotBeHadAreLeftOut() throws Exception {
        Path secret = Files.write(folder.resolveSibling(folder.getFileName() + "-secret.wav"), new byte[10]);
        wav("in.wav", ofSeconds(1));
        Files.createSymbolicLink(folder.resolve("link.wav"), secret);
        trunk.callee(ALICE).answers();
        FlowResult result = dial("""
                [{"type":"play","option":{"stream_urls":["none.wav","in.wav"]}},
                 {"type":"play","option":{"stream_urls":["../%s"]}},
                 {"type":"play","option":{"stream_urls":["link.wav","/etc/hostname"]}},
                 {"type":"play","option":{"stream_urls":["http://127.0.0.1:1/x.wav?token=secret"]}}]""".formatted(secret.getFileName()));
        Files.delete(secret);
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(trunk.calls().getFirst().played()).hasSize(1);
        List<String> failures = heard.stream()
                .filter(FlowHappening.StepFailed.class::isInstance)
                .map(failed -> ((FlowHappening.StepFailed) failed).why())
                .toList();
        assertThat(failures).hasSize(3);
        assertThat(failures.get(0)).contains("outside of the folder");
        assertThat(failures.get(1)).contains("link.wav lies outside").contains("/etc/hostname lies outside");
        assertThat(failures.get(2)).doesNotContain("secret");
    }

    @Test
    void anUnknownVoiceIsNoFailure() throws Exception {
        trunk.callee(ALICE).answers();
        FlowResult result =
                dial("[{\"type\":\"talk\",\"option\":{\"text\":\"Hello\",\"voice_id\":\"nobody-at-all\"}}]");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(trunk.calls().getFirst().played())
                .extracting(FakeCall.Played::clip)
                .containsExactly("Hello");
        assertThat(heard).noneMatch(FlowHappening.StepFailed.class::isInstance);
    }

    @Test
    void wordsInTheBackgroundAreHeardInOrder() throws Exception {
        trunk.callee(ALICE).answers();
        FlowResult result = dial("""
                [{"type":"talk","option":{"text":"This one goes on while the next comes","async":true}},
                 {"type":"talk","option":{"text":"B","async":true}},
                 {"type":"digits_send","option":{"digits":"5"}},
                 {"type":"talk","option":{"text":"C"}}]""");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(trunk.calls().getFirst().played())
                .extracting(FakeCall.Played::clip)
                .containsExactly("This one goes on while the next comes", "B", "C");
        assertThat(trunk.calls().getFirst().played()).allMatch(FakeCall.Played::whole);
    }

    @Test
    void recordingsAreNamedKeptAndFollowedByTheirFlow() throws Exception {
        var followed = new CompletableFuture<String>();
        settings = settings.withRecordings(folder.resolve("recordings")).withFlows(id -> {
            followed.complete(id);
            return Optional.of(FlowReader.read("[{\"type\":\"talk\",\"option\":{\"text\":\"to nobody\"}}]"));
        });
        trunk.callee(ALICE).answers();
        FlowResult result = dial("""
                [{"type":"recording_stop"},
                 {"type":"recording_start","option":{"format":"wav","on_end_flow_id":"after"}},
                 {"type":"sleep","option":{"duration":2000}},
                 {"type":"recording_stop"}]""");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        String name = result.variables().get("voipbin.recording.filenames").orElseThrow();
        assertThat(heard)
                .containsOnlyOnce(new FlowHappening.RecordingStarted(
                        result.variables().get("voipbin.recording.id").orElseThrow(),
                        folder.resolve("recordings").resolve(name)));
        assertThat(Files.size(folder.resolve("recordings").resolve(name))).isBetween(31_000L, 34_000L);
        assertThat(followed.get()).isEqualTo("after");
        assertThat(heard).contains(failed("recording_stop", "nothing is being recorded"));
    }

    private FlowHappening failed(String type, String why) {
        return heard.stream()
                .filter(FlowHappening.StepFailed.class::isInstance)
                .map(FlowHappening.StepFailed.class::cast)
                .filter(one -> one.type().equals(type) && one.why().equals(why))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void machinesAreFoundOutAndHeardOut() throws Exception {
        trunk.callee(ALICE).answers().soundsLike(WhoAnswered.MACHINE);
        FlowResult result = dial("""
                [{"type":"amd","option":{"machine_handle":"continue"}},
                 {"type":"wait_beep"},
                 {"type":"talk","option":{"text":"After the beep"}}]""");
        assertThat(result.variables().get(Variables.AMD)).hasValue("MACHINE");
        assertThat(result.variables().get(Variables.BEEP)).hasValue("beep");
        assertThat(heard).contains(new FlowHappening.Detected("MACHINE"));
    }

    @Test
    void aMachineIsHungUpOn() throws Exception {
        trunk.callee(ALICE).answers().soundsLike(WhoAnswered.MACHINE);
        FlowResult result = dial("""
                [{"type":"amd","option":{"machine_handle":"hangup"}},
                 {"type":"talk","option":{"text":"For people"}}]""");
        assertThat(result.end()).isEqualTo(FlowEnd.HUNG_UP);
        assertThat(trunk.calls().getFirst().played()).isEmpty();
        assertThat(result.outcome().reason()).contains(HangUpCause.MACHINE.word());
    }

    @Test
    void aPersonIsNotWaitedForLikeAMachine() throws Exception {
        trunk.callee(ALICE).answers().soundsLike(WhoAnswered.HUMAN);
        FlowResult result = dial("[{\"type\":\"wait_beep\",\"option\":{\"duration\":30000}}]");
        assertThat(result.variables().get(Variables.BEEP)).hasValue("none");
        assertThat(result.outcome().talkMillis()).isLessThan(10_000);
    }

    @Test
    void whoOptsOutIsOnTheListOnlyIfThereIsOne() throws Exception {
        var list = new CopyOnWriteArrayList<String>();
        settings = settings.withOptOut(list::add);
        trunk.callee(ALICE).answers().presses("9", ofSeconds(1));
        FlowResult result = dial(
                "[{\"type\":\"opt_out\",\"option\":{\"key\":\"9\",\"text\":\"Press 9 to hear no more of us\",\"duration\":9000}}]");
        assertThat(list).containsExactly(ALICE);
        assertThat(result.variables().get(Variables.OPTED_OUT)).hasValue("true");
        assertThat(heard).contains(new FlowHappening.OptedOut());
    }

    @Test
    void withoutAListNobodyIsToldThatHeIsOnIt() throws Exception {
        trunk.callee(ALICE).answers().presses("9", ofSeconds(1));
        dial(
                "[{\"type\":\"opt_out\",\"option\":{\"key\":\"9\",\"text\":\"Press 9 to hear no more of us\",\"duration\":9000}}]");
        assertThat(heard).doesNotContain(new FlowHappening.OptedOut());
        assertThat(heard)
                .anyMatch(happening -> happening instanceof FlowHappening.StepFailed failed
                        && failed.why().contains("do-not-call list"));
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        trunk.callee(ALICE).answers();
        try (Dialer dialer = trunk.dialer()) {
            FlowResult result = new FlowRunner(dialer, settings)
                    .dial(
                            DialRequest.over("carrier", ALICE),
                            FlowReader.read("[{\"type\":\"beep\"}]"),
                            FlowStart.usual(),
                            happening -> {
                                heard.add(happening);
                                throw new IllegalStateException("a listener's own fault");
                            },
                            event -> {
                                throw new IllegalStateException("another's");
                            })
                    .awaitEnd();
            assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        }
        assertThat(heard).hasSize(3);
    }

    @Test
    void cancellingEndsFlowAndCall() throws Exception {
        trunk.callee(ALICE).answers();
        trunk.callee("1").rings();
        try (Dialer dialer = trunk.dialer()) {
            var runner = new FlowRunner(dialer, settings);
            Flow sleeping = FlowReader.read("[{\"type\":\"sleep\",\"option\":{\"duration\":600000}}]");
            FlowCall talking = runner.dial(DialRequest.over("carrier", ALICE), sleeping, heard::add);
            talking.call().awaitAnswer();
            assertThat(talking.result()).isEmpty();
            talking.cancel();
            talking.cancel();
            FlowResult result = talking.awaitEnd();
            assertThat(result.outcome().endedBy()).isEqualTo(EndedBy.LOCAL);
            assertThat(talking.result()).hasValue(result);

            FlowCall ringing = runner.dial(DialRequest.over("carrier", "1"), sleeping);
            assertThat(ringing.awaitEnd(ofSeconds(3))).isEmpty();
            ringing.cancel();
            assertThat(ringing.awaitEnd().end()).isEqualTo(FlowEnd.CANCELLED);
            assertThat(ringing.awaitEnd().outcome().kind()).isEqualTo(OutcomeKind.CANCELED);
        }
    }

    @Test
    void whatIsSaidBesideAFlowDoesNotMoveIt() throws Exception {
        trunk.callee(ALICE).answers();
        try (Dialer dialer = trunk.dialer()) {
            FlowCall call = new FlowRunner(dialer, settings)
                    .dial(
                            DialRequest.over("carrier", ALICE),
                            FlowReader.read(
                                    "[{\"type\":\"sleep\",\"option\":{\"duration\":60000}},{\"type\":\"beep\"}]"),
                            heard::add);
            call.call().awaitAnswer();
            call.call().say("Beside");
            assertThat(steps()).containsExactly("sleep");
            assertThat(call.awaitEnd().outcome().talkMillis()).isBetween(60_000L, 61_000L);
        }
        assertThat(trunk.calls().getFirst().played())
                .extracting(FakeCall.Played::clip)
                .containsExactly("Beside", "a tone of 1000 Hz");
    }

    @Test
    void aCallToUsIsAnsweredByItsFlow() throws Exception {
        FlowResult result = answer(FakePerson.who().presses("4", ofSeconds(3)), """
                [{"type":"sleep","option":{"duration":2000}},
                 {"type":"talk","option":{"text":"Which one?"}},
                 {"type":"digits_receive","option":{"duration":20000,"length":1}}]""");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(result.variables().values())
                .containsEntry(Variables.DIGITS, "4")
                .containsEntry("voipbin.call.direction", "incoming")
                .containsEntry("voipbin.call.source.target", ALICE)
                .containsEntry("voipbin.call.destination.target", "100");
        assertThat(trunk.calls().getFirst().answered()).isTrue();
        assertThat(trunk.calls().getFirst().played())
                .extracting(FakeCall.Played::clip)
                .containsExactly("Which one?");
    }

    @Test
    void aFlowRefusesACallToUsForAReason() throws Exception {
        FlowResult result = answer(FakePerson.who(), "[{\"type\":\"hangup\",\"option\":{\"reason\":\"busy\"}}]");
        assertThat(result.end()).isEqualTo(FlowEnd.HUNG_UP);
        assertThat(trunk.calls().getFirst().refusal()).hasValue(486);
        assertThat(trunk.calls().getFirst().answered()).isFalse();
    }

    @Test
    void filesAreHeardBeforeTheAnswer() throws Exception {
        wav("early.wav", ofSeconds(8));
        FlowResult result = answer(FakePerson.who(), """
                [{"type":"play","option":{"stream_urls":["early.wav"]}},
                 {"type":"hangup","option":{"reason":"busy"}}]""");
        assertThat(result.outcome().ringMillis()).isBetween(8_000L, 9_000L);
        FakeCall call = trunk.calls().getFirst();
        assertThat(call.answered()).isFalse();
        assertThat(call.playedBeneath()).anyMatch(clip -> clip.endsWith("early.wav"));
        assertThat(call.refusal()).hasValue(486);
    }

    @Test
    void whoCallsUsGivesUpBeforeTheFlowAnswers() throws Exception {
        FlowResult result = answer(
                FakePerson.who().givesUpAfter(ofSeconds(5)),
                "[{\"type\":\"sleep\",\"option\":{\"duration\":30000}},{\"type\":\"answer\"}]");
        assertThat(result.end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(result.outcome().answered()).isFalse();
    }

    @Test
    void theReasonOfAnotherCallIsPassedOn() throws Exception {
        trunk.callee("1").isBusy();
        trunk.callee(ALICE).answers();
        try (Dialer dialer = trunk.dialer()) {
            var runner = new FlowRunner(dialer, settings);
            FlowCall busy = runner.dial(DialRequest.over("carrier", "1"), FlowReader.read("[]"));
            busy.awaitEnd();
            FlowResult result = runner.dial(
                            DialRequest.over("carrier", ALICE),
                            FlowReader.read(
                                    "[{\"type\":\"hangup\",\"option\":{\"reason\":\"normal\",\"reference_id\":\""
                                            + busy.id() + "\"}}]"))
                    .awaitEnd();
            assertThat(result.outcome().reason()).contains(HangUpCause.BUSY.word());
        }
    }

    @Test
    void whatAStepTookIsKeptBeforeTheNextSound() throws Exception {
        List<String> kept = new CopyOnWriteArrayList<>();
        var stepKept = new CompletableFuture<Void>();
        var asked = new CompletableFuture<Void>();
        trunk.keeping((callId, seq, entry) -> {
            kept.add(seq + entry.getClass().getSimpleName());
            if (!(entry instanceof JournalEntry.StepDone step) || !step.digits().equals("5")) {
                return CompletableFuture.allOf();
            }
            asked.complete(null);
            return stepKept;
        });
        trunk.callee(ALICE).answers().presses("5", ofSeconds(8));
        try (Dialer dialer = trunk.dialer()) {
            FlowCall call = new FlowRunner(dialer, settings)
                    .dial(DialRequest.over("carrier", ALICE), FlowReader.read("""
                            [{"type":"talk","option":{"text":"Which one?"}},
                             {"type":"digits_receive","option":{"duration":20000,"length":1}},
                             {"type":"variable_set","option":{"key":"x","value":"1"}},
                             {"type":"talk","option":{"text":"Thank you"}}]"""), heard::add);
            asked.get();
            // It is the disk that is slow: the time of the call stands still, and nothing is said in it.
            assertThat(call.result()).isEmpty();
            assertThat(steps()).containsOnlyOnce("talk");
            assertThat(trunk.calls().getFirst().played()).hasSize(1);
            stepKept.complete(null);
            assertThat(call.awaitEnd().end()).isEqualTo(FlowEnd.COMPLETED);
        }
        assertThat(kept)
                .containsExactly(
                        "1PromptFinished",
                        "2StepDone",
                        "3DigitAcknowledged",
                        "4StepDone",
                        "5PromptFinished",
                        "6StepDone");
    }

    @Test
    void aJournalThatFailsEndsNoFlow() throws Exception {
        trunk.keeping((callId, seq, entry) -> {
            throw new IllegalStateException("the disk is full");
        });
        FlowResult result = answer(FakePerson.who().presses("5", ofSeconds(8)), """
                [{"type":"talk","option":{"text":"Which one?"}},
                 {"type":"digits_receive","option":{"duration":20000,"length":1}},
                 {"type":"talk","option":{"text":"Thank you"}}]""");
        assertThat(result.end()).isEqualTo(FlowEnd.COMPLETED);
        assertThat(trunk.calls().getFirst().played()).hasSize(2);
    }

    @Test
    void aFlowThatNeverWaitsEnds() throws Exception {
        trunk.callee(ALICE).answers();
        FlowResult result = dial(
                "[{\"id\":\"a\",\"type\":\"empty\"},{\"type\":\"goto\",\"option\":{\"target_id\":\"a\",\"loop_count\":100000}}]");
        assertThat(result.end()).isEqualTo(FlowEnd.LIMIT);
    }

    @Test
    void closingTheDialerEndsFlows() throws Exception {
        trunk.callee(ALICE).answers();
        FlowCall call;
        try (Dialer dialer = trunk.dialer()) {
            call = new FlowRunner(dialer, settings)
                    .dial(
                            DialRequest.over("carrier", ALICE),
                            FlowReader.read("[{\"type\":\"sleep\",\"option\":{\"duration\":600000}}]"),
                            heard::add);
            call.call().awaitAnswer();
        }
        assertThat(call.awaitEnd().end()).isEqualTo(FlowEnd.CALL_ENDED);
        assertThat(heard.getLast()).isInstanceOf(FlowHappening.Ended.class);
    }

    private FlowResult dial(String json) throws Exception {
        return dial(json, FlowStart.usual());
    }

    private FlowResult dial(String json, FlowStart start) throws Exception {
        try (Dialer dialer = trunk.dialer()) {
            return new FlowRunner(dialer, settings.withMedia(folder))
                    .dial(DialRequest.over("carrier", ALICE), FlowReader.read(json), start, heard::add, event -> {})
                    .awaitEnd();
        }
    }

    private FlowResult answer(FakePerson caller, String json) throws Exception {
        var coming = new CompletableFuture<FlowCall>();
        try (Dialer dialer = trunk.dialer()) {
            var runner = new FlowRunner(dialer, settings.withMedia(folder));
            dialer.onIncoming((IncomingCall incoming) ->
                    coming.complete(runner.answer(incoming, FlowReader.read(json), heard::add)));
            FakeCall call = trunk.callsUs(ALICE, "100", caller);
            call.awaitEnd();
            return coming.get().awaitEnd();
        }
    }

    private List<String> steps() {
        return heard.stream()
                .filter(FlowHappening.StepStarted.class::isInstance)
                .map(step -> ((FlowHappening.StepStarted) step).type())
                .toList();
    }

    private void wav(String name, Duration length) throws Exception {
        byte[] silence = new byte[(int) (length.toMillis() * 16)];
        var format = new AudioFormat(8000, 16, 1, true, false);
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(silence), format, silence.length / 2),
                AudioFileFormat.Type.WAVE,
                folder.resolve(name).toFile());
    }
}
