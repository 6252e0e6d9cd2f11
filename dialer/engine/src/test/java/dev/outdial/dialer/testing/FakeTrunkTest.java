package dev.outdial.dialer.testing;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.detect.WhoAnswered;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.guard.NumberLimit;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.dialer.record.RecordingEnd;
import dev.outdial.dialer.record.RecordingOptions;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Code written on the dialer, without a network and without waiting. */
@Timeout(60)
class FakeTrunkTest {
    private static final String ALICE = "+15551234567";
    private static final String BOB = "+15557654321";

    private final FakeTrunk trunk = FakeTrunk.named("carrier");

    @TempDir
    private Path folder;

    @Test
    void aCallTakesItsTimeAndNoneOfOurs() throws Exception {
        Path welcome = wav("welcome.wav", ofSeconds(3));
        trunk.callee(ALICE).rings().answersAfter(ofSeconds(5)).hearsAClip().presses("1", ofSeconds(2));
        long begin = System.nanoTime();
        try (Dialer dialer = trunk.dialer()) {
            Call call = dialer.dial("carrier", ALICE, ofSeconds(30));
            assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
            assertThat(trunk.clock().nanos()).isEqualTo(ofSeconds(5).toNanos());

            assertThat(call.play(AudioClip.of(welcome)).millis()).isEqualTo(3000);
            // The first word waits for the far end's first packet.
            assertThat(trunk.clock().nanos()).isEqualTo(ofMillis(8020).toNanos());

            assertThat(call.collect(Digits.digits(1).within(ofSeconds(5)))).isEqualTo("1");
            assertThat(trunk.clock().nanos()).isEqualTo(ofMillis(10180).toNanos());
            call.hangUp();
            CallOutcome outcome = call.awaitEnd();
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
            assertThat(outcome.endedBy()).isEqualTo(EndedBy.LOCAL);
            assertThat(outcome.ringMillis()).isEqualTo(5000);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ofSeconds(10));
        FakeCall seen = trunk.calls().getFirst();
        assertThat(seen.number()).isEqualTo(ALICE);
        assertThat(seen.played()).containsExactly(new FakeCall.Played(welcome.toString(), ofSeconds(3), true));
        assertThat(seen.outcome().orElseThrow().kind()).isEqualTo(OutcomeKind.COMPLETED);
    }

    @Test
    void collectedKeysObeyTheRule() throws Exception {
        trunk.callee(ALICE).answers().presses("12", ofSeconds(1)).presses("3#", ofSeconds(1));
        trunk.callee(BOB).answers().presses("12", ofSeconds(1)).presses("3#", ofSeconds(30));
        try (Dialer dialer = trunk.dialer()) {
            Call first = answered(dialer, ALICE);
            assertThat(first.collect(Digits.until('#'))).isEqualTo("123");
            Call second = answered(dialer, BOB);
            assertThat(second.collect(Digits.until('#').within(ofSeconds(10)))).isEqualTo("12");
        }
    }

    @Test
    void whoIsNotReachedIsToldApart() throws Exception {
        trunk.callee("1").isBusy();
        trunk.callee("2").neverAnswers();
        trunk.callee("3").rejects();
        trunk.callee("4").refusesWith(503, "Service Unavailable");
        try (Dialer dialer = trunk.dialer()) {
            assertThat(dialer.dial("carrier", "1", ofSeconds(30)).awaitAnswer()).isInstanceOf(Answer.Busy.class);
            long before = trunk.clock().nanos();
            assertThat(dialer.dial("carrier", "2", ofSeconds(30)).awaitAnswer()).isInstanceOf(Answer.NoAnswer.class);
            assertThat(trunk.clock().nanos() - before).isEqualTo(ofSeconds(30).toNanos());
            assertThat(dialer.dial("carrier", "3", ofSeconds(30)).awaitAnswer()).isInstanceOf(Answer.Rejected.class);
            var unavailable =
                    (Answer.Failed) dialer.dial("carrier", "4", ofSeconds(30)).awaitAnswer();
            assertThat(unavailable.outcome().retryable()).isTrue();
            var unknown =
                    (Answer.Failed) dialer.dial("carrier", "5", ofSeconds(30)).awaitAnswer();
            assertThat(unknown.outcome().sipCode()).hasValue(404);
        }
        assertThat(trunk.calls()).extracting(FakeCall::number).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void whoHangsUpEndsWhatWaits() throws Exception {
        Path music = wav("music.wav", ofSeconds(20));
        trunk.callee(ALICE).answers().hangsUpAfter(ofSeconds(4));
        try (Dialer dialer = trunk.dialer()) {
            Call call = answered(dialer, ALICE);
            assertThatThrownBy(() -> call.play(AudioClip.of(music)))
                    .isInstanceOfSatisfying(
                            CallEndedException.class,
                            over -> assertThat(over.outcome().endedBy()).isEqualTo(EndedBy.REMOTE));
        }
        assertThat(trunk.calls().getFirst().played().getFirst().length()).isBetween(ofMillis(3900), ofMillis(4000));
    }

    @Test
    void aFileThatCannotBePlayedFailsHereToo() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.wav"), "RIFFnothing");
        trunk.callee(ALICE).answers();
        try (Dialer dialer = trunk.dialer()) {
            Call call = answered(dialer, ALICE);
            assertThatThrownBy(() -> call.play(AudioClip.of(broken))).isInstanceOf(DialerException.class);
            assertThatThrownBy(() -> call.play(AudioClip.of(folder.resolve("missing.wav"))))
                    .isInstanceOf(DialerException.class);
        }
    }

    @Test
    void whatIsSaidAndPressedIsHeard() throws Exception {
        trunk.callee(ALICE).answers();
        try (Dialer dialer = trunk.dialer()) {
            Call call = answered(dialer, ALICE);
            call.say("Thank you");
            call.sendDigits("12,3");
            call.hangUp();
            call.awaitEnd();
        }
        FakeCall seen = trunk.calls().getFirst();
        assertThat(seen.played()).extracting(FakeCall.Played::clip).containsExactly("Thank you");
        assertThat(seen.keys()).isEqualTo("123");
    }

    @Test
    void guardsAndPaceHoldInTheTrunksOwnTime() throws Exception {
        trunk.callee(ALICE).isBusy();
        trunk.callee(BOB).isBusy();
        var rules = LedgerRules.STANDARD
                .guardedBy(GuardPolicy.STANDARD.limitedTo(new NumberLimit(1, ofHours(24))))
                .paced(new PaceLimits(1, 10));
        try (Dialer dialer = trunk.dialer(rules)) {
            dialer.dial("carrier", ALICE, ofSeconds(30)).awaitAnswer();
            var refused =
                    (Answer.Failed) dialer.dial("carrier", ALICE, ofSeconds(30)).awaitAnswer();
            assertThat(refused.outcome().kind()).isEqualTo(OutcomeKind.REFUSED);
            long before = trunk.clock().nanos();
            dialer.dial("carrier", BOB, ofSeconds(30)).awaitAnswer();
            assertThat(trunk.clock().nanos() - before)
                    .isBetween(ofMillis(500).toNanos(), ofMillis(1100).toNanos());
            var premium = (Answer.Failed)
                    dialer.dial("carrier", "+19005551234", ofSeconds(30)).awaitAnswer();
            assertThat(premium.outcome().kind()).isEqualTo(OutcomeKind.REFUSED);
        }
        assertThat(trunk.calls()).extracting(FakeCall::number).containsExactly(ALICE, BOB);
    }

    @Test
    void aFurtherTrunkIsTakenAndARedirectionFollowed() throws Exception {
        FakeTrunk backup = trunk.another("backup");
        trunk.callee(ALICE).refusesWith(503, "Service Unavailable");
        backup.callee(ALICE).answers();
        trunk.callee(BOB).redirectsTo("sip:carol@carrier.invalid");
        trunk.callee("carol").answers();
        try (Dialer dialer = trunk.dialer()) {
            Call detoured = dialer.dial(DialRequest.over("carrier", ALICE).orOver("backup"));
            assertThat(detoured.awaitAnswer()).isInstanceOf(Answer.Answered.class);
            Call redirected = dialer.dial(DialRequest.over("carrier", BOB).followingRedirects(1));
            assertThat(redirected.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        }
        assertThat(backup.calls()).hasSize(1);
        assertThat(trunk.calls()).hasSize(3);
    }

    @Test
    void somebodyIsReachedTheNextTime() throws Exception {
        trunk.callee(ALICE).isBusy().nextTime().answersAfter(ofSeconds(2));
        try (Dialer dialer = trunk.dialer()) {
            assertThat(dialer.dial("carrier", ALICE, ofSeconds(30)).awaitAnswer())
                    .isInstanceOf(Answer.Busy.class);
            assertThat(dialer.dial("carrier", ALICE, ofSeconds(30)).awaitAnswer())
                    .isInstanceOf(Answer.Answered.class);
        }
    }

    @Test
    void aListenerHearsItAllInOrder() throws Exception {
        trunk.callee(ALICE).rings().answersAfter(ofSeconds(1)).presses("7").hangsUpAfter(ofSeconds(1));
        List<CallEvent> heard = Collections.synchronizedList(new ArrayList<>());
        var over = new CompletableFuture<CallOutcome>();
        try (Dialer dialer = trunk.dialer()) {
            dialer.dial(DialRequest.over("carrier", ALICE), event -> {
                heard.add(event);
                if (event instanceof CallEvent.Ended ended) over.complete(ended.outcome());
            });
            assertThat(over.get().kind()).isEqualTo(OutcomeKind.COMPLETED);
        }
        assertThat(heard)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Sent", "Ringing", "Answered", "DigitPressed", "Ended");
    }

    @Test
    void aCallIsHeldTransferredAndBridged() throws Exception {
        trunk.callee(ALICE).answers();
        trunk.callee(BOB).answersAfter(ofSeconds(3)).hangsUpAfter(ofSeconds(10));
        trunk.callee("7").answers().refusesHold(488).isTransferredWith(603);
        try (Dialer dialer = trunk.dialer()) {
            Call alice = answered(dialer, ALICE);
            alice.hold();
            assertThat(trunk.calls().getFirst().onHold()).isTrue();
            alice.resume();
            alice.transfer("sip:carol@example.com");
            assertThat(trunk.calls().getFirst().transferredTo()).containsExactly("sip:carol@example.com");

            Call bob = dialer.dial("carrier", BOB, ofSeconds(30));
            dialer.bridge(alice, bob);
            bob.awaitAnswer();
            bob.awaitEnd();
            assertThat(alice.awaitEnd(ofMillis(1))).isEmpty();
            assertThat(trunk.calls().getFirst().joined()).isFalse();

            Call stubborn = answered(dialer, "7");
            assertThatThrownBy(stubborn::hold).isInstanceOf(DialerException.class);
            assertThatThrownBy(() -> stubborn.transfer("sip:carol@example.com")).isInstanceOf(DialerException.class);
        }
    }

    @Test
    void aMachineIsTold() throws Exception {
        trunk.callee(ALICE).answers().soundsLike(WhoAnswered.MACHINE);
        try (Dialer dialer = trunk.dialer()) {
            Call call = answered(dialer, ALICE);
            assertThat(call.detectMachine().verdict()).isEqualTo(WhoAnswered.MACHINE);
            assertThat(call.awaitGreetingEnd()).isPresent();
        }
    }

    @Test
    void aRecordingIsAsLongAsItTook() throws Exception {
        trunk.callee(ALICE).answers().hangsUpAfter(ofMinutes(2));
        try (Dialer dialer = trunk.dialer()) {
            Call call = answered(dialer, ALICE);
            Path file = folder.resolve("call.wav");
            var recording = call.record(file, RecordingOptions.DEFAULT);
            call.awaitEnd();
            assertThat(recording.awaitEnd().reason()).isEqualTo(RecordingEnd.CALL_ENDED);
            assertThat(recording.awaitEnd().length()).isEqualTo(ofMinutes(2));
            assertThat(AudioSystem.getAudioFileFormat(file.toFile()).getFrameLength())
                    .isEqualTo(2 * 60 * 8000);
        }
    }

    @Test
    void somebodyCallsUs() throws Exception {
        try (Dialer dialer = trunk.dialer()) {
            var numbers = new LinkedBlockingQueue<String>();
            dialer.onIncoming(incoming -> numbers.add(talk(incoming)));
            FakeCall caller = trunk.callsUs(ALICE, "4711", FakePerson.who().presses("42", ofSeconds(3)));
            assertThat(numbers.take()).isEqualTo("42");
            assertThat(caller.rang()).isTrue();
            assertThat(caller.played()).extracting(FakeCall.Played::clip).containsExactly("Which room?");
        }
    }

    private static String talk(IncomingCall incoming) {
        try {
            incoming.ring();
            Call call = incoming.accept();
            call.say("Which room?");
            String room = call.collect(Digits.digits(2));
            call.hangUp();
            call.awaitEnd();
            return room;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Test
    void somebodyIsRedirectedDeclinedOrGivesUp() throws Exception {
        try (Dialer dialer = trunk.dialer()) {
            var calls = new LinkedBlockingQueue<IncomingCall>();
            dialer.onIncoming(calls::add);
            FakeCall first = trunk.callsUs(ALICE, "4711");
            calls.take().redirect("sip:carol@example.com");
            FakeCall second = trunk.callsUs(ALICE, "4711");
            IncomingCall declined = calls.take();
            declined.decline(603);
            assertThat(declined.awaitEnd().kind()).isEqualTo(OutcomeKind.REJECTED);
            assertThat(first.redirectedTo()).containsExactly("sip:carol@example.com");
            assertThat(second.refusal()).hasValue(603);
            trunk.callsUs(ALICE, "4711", FakePerson.who().givesUpAfter(ofSeconds(7)));
            IncomingCall missed = calls.take();
            assertThat(missed.awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
        }
    }

    @Test
    void timeIsMovedByHandWhereThatIsWanted() throws Exception {
        trunk.byHand().callee(ALICE).rings().answersAfter(ofSeconds(5));
        try (Dialer dialer = trunk.dialer()) {
            Call call = dialer.dial("carrier", ALICE, ofSeconds(30));
            var answer = new CompletableFuture<Answer>();
            Thread.startVirtualThread(() -> {
                try {
                    answer.complete(call.awaitAnswer());
                } catch (InterruptedException stopped) {
                    answer.completeExceptionally(stopped);
                }
            });
            trunk.clock().advance(ofMillis(4999));
            assertThat(answer).isNotDone();
            trunk.clock().advance(ofMillis(1));
            assertThat(answer.get()).isInstanceOf(Answer.Answered.class);
            assertThat(trunk.clock().instant()).isEqualTo(Instant.parse("2030-01-07T12:00:05Z"));
        }
    }

    private static Call answered(Dialer dialer, String number) throws InterruptedException {
        Call call = dialer.dial("carrier", number, ofSeconds(30));
        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        return call;
    }

    private Path wav(String name, Duration length) throws Exception {
        Path file = folder.resolve(name);
        byte[] silence = new byte[(int) (length.toMillis() * 16)];
        var format = new AudioFormat(8000, 16, 1, true, false);
        try (var sound = new AudioInputStream(new ByteArrayInputStream(silence), format, silence.length / 2)) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }
}
