package dev.outdial.dialer;

import static dev.outdial.dialer.digits.Digits.digits;
import static dev.outdial.dialer.digits.Digits.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.examples.DialAndPlay;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole calls against a carrier that shares no code with us. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class DialerOnLoopbackTest {
    private static final Duration RING = Duration.ofSeconds(10);

    private LoopbackTrunk trunk =
            LoopbackTrunk.builder().dialPlan(DialPlan.empty()).start();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void openTrunk() {
        trunk.close();
        trunk = LoopbackTrunk.builder().user("alice", "wonder").start();
    }

    @AfterEach
    void closeTrunk() {
        trunk.close();
    }

    @Test
    void aPromptIsHeardWholeAndAKeyComesBack() throws Exception {
        Path message = Prompt.WELCOME_MP3.copyTo(folder);
        Call call;
        try (Dialer dialer = dialer()) {
            dialer.load(AudioClip.of(message));
            call = dialer.dial("carrier", "+15550100123", RING);
            assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
            Played played = call.play(AudioClip.of(message));
            assertThat(played.whole()).isTrue();
            assertThat(call.collect(digits(1).within(Duration.ofSeconds(5)))).isEqualTo("1");
            call.hangUp();
            CallOutcome outcome = call.awaitEnd();
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
            assertThat(outcome.endedBy()).isEqualTo(EndedBy.LOCAL);
            assertThat(outcome.phase()).isEqualTo(Phase.MEDIA);
            assertThat(call.statistics().lost()).isZero();
        }
        assertThat(trunk.isRegistered("alice")).isFalse();
        TrunkCall heard = trunk.awaitEnd(call.id(), RING).orElseThrow();
        assertHeardWhole(heard.media().orElseThrow().pcm(), Prompt.WELCOME_MP3);
        assertThat(heard.media().orElseThrow().goodbyeHeard()).isTrue();
    }

    @Test
    void clipsFollowOneAnotherWithoutAGap() throws Exception {
        short[] whole = Prompt.WELCOME_WAV.reference();
        List<AudioClip> parts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            Path file = folder.resolve("part" + part + ".wav");
            WavFile.write(file, Arrays.copyOfRange(whole, part * 8000, (part + 1) * 8000));
            parts.add(AudioClip.of(file));
        }
        Call call;
        try (Dialer dialer = dialer()) {
            call = dialer.dial("carrier", "1001", RING);
            assertThat(call.play(parts)).isEqualTo(new Played(3000, true));
            call.hangUp();
            call.awaitEnd();
        }
        short[] heard = trunk.awaitEnd(call.id(), RING)
                .orElseThrow()
                .media()
                .orElseThrow()
                .pcm();
        SoundComparison comparison = SoundComparison.compare(heard, Arrays.copyOf(whole, 3 * 8000));
        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
    }

    @Test
    void everyRefusalHasItsName() throws Exception {
        try (Dialer dialer = dialer()) {
            assertThat(dialer.dial("carrier", "1002", RING).awaitAnswer()).isInstanceOf(Answer.Busy.class);
            assertThat(dialer.dial("carrier", "1010", RING).awaitAnswer()).isInstanceOf(Answer.Rejected.class);
            Answer gone = dialer.dial("carrier", "1011", RING).awaitAnswer();
            assertThat(gone).isInstanceOf(Answer.Failed.class);
            assertThat(((Answer.Failed) gone).outcome().retryable()).isTrue();
            Answer unknown = dialer.dial("carrier", "1999", RING).awaitAnswer();
            assertThat(((Answer.Failed) unknown).outcome().sipCode()).hasValue(404);
            assertThat(dialer.dial("carrier", "1003", Duration.ofSeconds(1)).awaitAnswer())
                    .isInstanceOf(Answer.NoAnswer.class);
        }
    }

    @Test
    void aCallGivenUpWhileItRingsIsCanceledAtTheCallee() throws Exception {
        var ringing = new CountDownLatch(1);
        Call call;
        try (Dialer dialer = dialer()) {
            call = dialer.dial(DialRequest.over("carrier", "1003"), event -> {
                if (event instanceof CallEvent.Ringing) {
                    ringing.countDown();
                }
            });
            assertThat(ringing.await(10, TimeUnit.SECONDS)).isTrue();
            call.hangUp();
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Canceled.class);
        }
        assertThat(trunk.awaitEnd(call.id(), RING).orElseThrow().glance())
                .contains("> CANCEL", "< 487 Request Terminated");
    }

    @Test
    void closingTheDialerEndsTheCallsThatAreGoingOn() throws Exception {
        Dialer dialer = dialer();
        Call talking = dialer.dial("carrier", "1001", RING);
        assertThat(talking.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        dialer.close();

        assertThat(talking.awaitEnd().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(trunk.awaitEnd(talking.id(), RING).orElseThrow().glance()).contains("> BYE");
        assertThatThrownBy(() -> dialer.dial("carrier", "1001", RING)).hasMessageContaining("closed");
    }

    @Test
    void whatWaitsIsToldHowTheCallEnded() throws Exception {
        number7(new Step.Answer(), new Step.Wait(Duration.ofMillis(300)), new Step.HangUp());
        Path message = Prompt.WELCOME_WAV.copyTo(folder);
        try (Dialer dialer = dialer()) {
            dialer.load(AudioClip.of(message));
            Call call = dialer.dial("carrier", "7", RING);
            assertThatThrownBy(() -> call.play(AudioClip.of(message)))
                    .isInstanceOfSatisfying(CallEndedException.class, ended -> {
                        assertThat(ended.outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
                        assertThat(ended.outcome().endedBy()).isEqualTo(EndedBy.REMOTE);
                    });
            assertThatThrownBy(() -> call.collect(digits(1))).isInstanceOf(CallEndedException.class);
        }
    }

    @Test
    void keysPressedBeforeTheyAreAskedForAreNotLost() throws Exception {
        try (Dialer dialer = dialer()) {
            Call call = dialer.dial("carrier", "1005", RING);
            assertThat(call.collect(until('#').within(Duration.ofSeconds(10)))).isEqualTo("1234");
            call.hangUp();
        }
    }

    @Test
    void keysThatWePressAreHeardOnceEach() throws Exception {
        Call call;
        try (Dialer dialer = dialer()) {
            call = dialer.dial("carrier", "1001", RING);
            call.sendDigits("0019*#");
            call.hangUp();
            call.awaitEnd();
        }
        assertThat(trunk.awaitEnd(call.id(), RING)
                        .orElseThrow()
                        .media()
                        .orElseThrow()
                        .digitsReceived())
                .isEqualTo("0019*#");
    }

    @Test
    void whatTheFarEndSaysIsRecorded() throws Exception {
        Path recording = folder.resolve("heard.wav");
        number7(
                new Step.Answer(),
                // long enough for a slow machine to have asked for the recording
                new Step.Wait(Duration.ofMillis(1500)),
                new Step.Say(Prompt.WELCOME_WAV),
                new Step.HangUp());
        try (Dialer dialer = dialer()) {
            Call call = dialer.dial("carrier", "7", RING);
            call.record(recording);
            call.awaitEnd();
        }
        short[] heard = WavFile.read(recording);
        assertHeardWhole(heard, Prompt.WELCOME_WAV);
    }

    @Test
    void aWrongPasswordIsAFailureThatSaysSo() throws Exception {
        try (Dialer dialer = Dialer.start(DialerConfig.of(carrier().withPassword("guess")))) {
            assertThatThrownBy(() -> dialer.awaitRegistered("carrier", RING))
                    .isInstanceOf(DialerException.class)
                    .hasMessageContaining("does not accept this user and password")
                    .hasMessageNotContaining("guess");
            Answer answer = dialer.dial("carrier", "1001", RING).awaitAnswer();
            assertThat(answer).isInstanceOf(Answer.Failed.class);
            assertThat(((Answer.Failed) answer).outcome().phase()).isEqualTo(Phase.NONE);
        }
        assertThat(trunk.calls()).isEmpty();
    }

    @Test
    void theLedgerIsAskedBeforeAndToldAfterEachInvite() throws Exception {
        var ledger = new Diary();
        try (Dialer dialer = Dialer.start(DialerConfig.of(carrier()).withLedger(ledger))) {
            Call call = dialer.dial("carrier", "1002", RING);
            call.awaitEnd();
            assertThat(ledger.entries)
                    .containsExactly("admit " + call.id(), "invited " + call.id(), "settled " + call.id() + " BUSY");
        }
    }

    @Test
    void whatTheLedgerRefusesIsNotDialled() throws Exception {
        try (Dialer dialer = dialer()) {
            DialRequest request = DialRequest.over("carrier", "1002").asAttempt("order-17", 1);
            dialer.dial(request).awaitEnd();
            CallOutcome second = dialer.dial(request).awaitEnd();
            assertThat(second.kind()).isEqualTo(OutcomeKind.REFUSED);
            assertThat(second.reason()).contains("order-17");
        }
        assertThat(trunk.calls()).hasSize(1);
    }

    @Test
    void aLedgerThatCannotBeAskedPermitsNothingAndHoldsNoPorts() throws Exception {
        DialerConfig config =
                DialerConfig.of(carrier()).withLedger(new BrokenLedger()).withRtpPorts(42020, 42021);
        try (Dialer dialer = Dialer.start(config)) {
            for (int number = 0; number < 3; number++) {
                CallOutcome outcome = dialer.dial("carrier", "1001", RING).awaitEnd();
                assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
                assertThat(outcome.reason()).contains("the ledger could not be asked");
            }
        }
        assertThat(trunk.calls()).isEmpty();
    }

    @Test
    void closingTheDialerEndsACallThatNobodyEverAnswers() throws Exception {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Dialer dialer = Dialer.start(DialerConfig.of());
            Call call = dialer.dial(DialRequest.direct("sip:nobody@127.0.0.1:" + silent.getLocalPort()));
            silent.setSoTimeout(10_000);
            silent.receive(new DatagramPacket(new byte[2000], 2000));
            dialer.close();
            assertThat(call.awaitEnd(Duration.ofSeconds(5)))
                    .hasValueSatisfying(outcome -> assertThat(outcome.kind()).isEqualTo(OutcomeKind.CANCELED));
        }
    }

    @Test
    void aFileThatCannotBePlayedDoesNotEndTheCall() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.mp3"), "this is no sound");
        try (Dialer dialer = dialer()) {
            Call call = dialer.dial("carrier", "1001", RING);
            assertThatThrownBy(() -> call.play(AudioClip.of(nonsense)))
                    .isInstanceOf(DialerException.class)
                    .hasMessageContaining("nonsense.mp3");
            assertThatThrownBy(() -> call.play(AudioClip.of(folder.resolve("missing.wav"))))
                    .hasMessageContaining("there is no file");
            assertThat(call.awaitEnd(Duration.ofMillis(1))).isEmpty();
            call.hangUp();
            assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.COMPLETED);
        }
    }

    @Test
    void whatCannotBeDialledIsSaidAtOnce() {
        try (Dialer dialer = dialer()) {
            assertThatThrownBy(() -> dialer.dial("carier", "1001", RING)).hasMessageContaining("no trunk 'carier'");
            assertThatThrownBy(() -> dialer.dial("carrier", "", RING)).hasMessageContaining("blank");
            assertThatThrownBy(() -> dialer.dial(DialRequest.direct("1001"))).hasMessageContaining("over a trunk only");
            assertThatThrownBy(() ->
                            dialer.dial(DialRequest.over("carrier", "1001").showing("Eve\r\nX-Evil: 1")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() ->
                            dialer.dial(DialRequest.over("carrier", "1001").from("1\r\nX-Evil: 1")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theExampleDialsAndPlays() throws Exception {
        Path message = Prompt.WELCOME_OGG.copyTo(folder);
        DialAndPlay.main(
                new String[] {"sip:alice@127.0.0.1:" + trunk.port(), "wonder", "+15550100123", message.toString()});

        TrunkCall heard =
                trunk.awaitEnd(trunk.calls().getFirst().callId(), RING).orElseThrow();
        assertHeardWhole(heard.media().orElseThrow().pcm(), Prompt.WELCOME_OGG);
    }

    @Test
    void aHundredFailingCallsLeaveNothingBehind() throws Exception {
        var ledger = new InMemoryLedger();
        // Room for four calls at once: what is not given back is missed by the fifth.
        DialerConfig config = DialerConfig.of(carrier()).withLedger(ledger).withRtpPorts(42000, 42007);
        try (Dialer dialer = Dialer.start(config)) {
            for (int number = 0; number < 25; number++) {
                for (String target : List.of("1002", "1010", "1011", "1999")) {
                    assertThat(dialer.dial("carrier", target, RING).awaitEnd().sipCode())
                            .isPresent();
                }
            }
            assertThat(ledger.open()).isZero();
        }
    }

    @Test
    void withoutPortsNobodyIsCalled() throws Exception {
        DialerConfig config = DialerConfig.of(carrier()).withRtpPorts(42010, 42011);
        try (Dialer dialer = Dialer.start(config)) {
            Call first = dialer.dial("carrier", "1001", RING);
            first.awaitAnswer();
            CallOutcome second = dialer.dial("carrier", "1001", RING).awaitEnd();
            assertThat(second.kind()).isEqualTo(OutcomeKind.FAILED);
            assertThat(second.phase()).isEqualTo(Phase.NONE);
            assertThat(second.reason()).contains("no free RTP port pair in 42010-42011");
            first.hangUp();
        }
    }

    /** A trunk at which only the number 7 is known, and does this. */
    private void number7(Step... steps) {
        trunk.close();
        trunk = LoopbackTrunk.builder()
                .user("alice", "wonder")
                .dialPlan(DialPlan.empty().with("7", Persona.of("does as it is told", steps)))
                .start();
    }

    private static void assertHeardWhole(short[] heard, Prompt prompt) {
        SoundComparison comparison = SoundComparison.compare(heard, prompt.reference());
        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
    }

    private Trunk carrier() {
        return Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withPassword("wonder");
    }

    private Dialer dialer() {
        return Dialer.start(DialerConfig.of(carrier()));
    }

    private static final class BrokenLedger implements AttemptLedger {
        @Override
        public Admission admit(Attempt attempt, Instant now) {
            throw new IllegalStateException("no disk");
        }

        @Override
        public void invited(Permit permit) {
            throw new IllegalStateException("no disk");
        }

        @Override
        public void settled(Permit permit, CallOutcome outcome) {
            throw new IllegalStateException("no disk");
        }
    }

    /** Writes down what a ledger is told, and permits everything. */
    private static final class Diary implements AttemptLedger {
        private final AttemptLedger ledger = new InMemoryLedger();
        private final List<String> entries = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Admission admit(Attempt attempt, Instant now) {
            entries.add("admit " + attempt.callId());
            return ledger.admit(attempt, now);
        }

        @Override
        public void invited(Permit permit) {
            entries.add("invited " + permit.attempt().callId());
        }

        @Override
        public void settled(Permit permit, CallOutcome outcome) {
            entries.add("settled " + permit.attempt().callId() + " " + outcome.kind());
        }
    }
}
