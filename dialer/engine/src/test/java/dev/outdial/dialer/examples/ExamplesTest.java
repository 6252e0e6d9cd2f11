package dev.outdial.dialer.examples;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.testing.FakeCall;
import dev.outdial.dialer.testing.FakePerson;
import dev.outdial.dialer.testing.FakeTrunk;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.junit.HeardSound;
import dev.outdial.testbed.junit.TestTrunk;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every example does what it says: over the wire to the testbed, or on a fake trunk where that is about time or what the testbed does not do. */
@Timeout(120)
class ExamplesTest {
    private static final String ALICE = "+15551234567";
    private static final String BOB = "+15557654321";

    @RegisterExtension
    static final TestTrunk trunk = TestTrunk.withPersonas()
            .user("alice", "secret")
            .callee(
                    "2001",
                    "answers, says a tone of 440 Hz for a second and hangs up",
                    new Step.Answer(),
                    new Step.SayTone(440, ofSeconds(1)),
                    new Step.Wait(ofMillis(300)),
                    new Step.HangUp())
            .callee(
                    "2002",
                    "answers and presses 1",
                    new Step.Answer(),
                    new Step.Wait(ofMillis(500)),
                    new Step.Press("1"))
            .callee(
                    "2003",
                    "answers and hangs up soon",
                    new Step.Answer(),
                    new Step.Wait(ofMillis(500)),
                    new Step.HangUp());

    @TempDir
    private Path folder;

    /** A second of 1100 Hz. */
    private Path tone() throws IOException {
        Path file = folder.resolve("tone.wav");
        WavFile.write(file, new Tones(0.25, 1100).samples(1000));
        return file;
    }

    private static String alice() {
        return trunk.sipUri("alice");
    }

    @Test
    @Tag("slow")
    void theExampleOfTheDesignRunsAsItIsPrinted() throws Exception {
        Prompt.WELCOME_MP3.copyTo(folder);
        // A process of its own, so that welcome.mp3 lies where it looks for it.
        Process run = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AskToPressOne.class.getName(),
                        alice(),
                        "secret")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isZero();
        trunk.callTo(ALICE).answered().pressedKeys("1").endedByCaller();
        assertThat(trunk.callTo(ALICE)
                        .sound()
                        .likeness(Prompt.WELCOME_MP3.reference())
                        .lostAtStartMillis())
                .isZero();
    }

    @Test
    void aFileIsPlayed() throws Exception {
        Path file = tone();
        DialAndPlay.main(new String[] {alice(), "secret", "1001", file.toString()});
        trunk.callTo("1001").heardTone(1100).heardEveryPacket().endedByCaller();
    }

    @Test
    void aMenuIsPlayedUntilAKeyIsPressed() throws Exception {
        Path file = Prompt.WELCOME_WAV.copyTo(folder);
        PlayUntilKey.main(new String[] {alice(), "secret", "2002", file.toString()});
        trunk.callTo("2002").pressedKeys("1").endedByCaller();
    }

    @Test
    void twoPeopleHearEachOther() throws Exception {
        BridgeTwo.main(new String[] {alice(), "secret", "1001", "2001"});
        trunk.callTo("1001").heardTone(440).endedByCaller();
        trunk.callTo("2001").endedByCallee();
    }

    @Test
    void severalPeopleConfer() throws Exception {
        HoldConference.main(new String[] {alice(), "secret", "2001", "1001", "1009"});
        trunk.callTo("1001").heardTone(440);
        trunk.callTo("1009").heardTone(440).endedByCaller();
    }

    @Test
    void somebodyIsPutOnHold() throws Exception {
        Path file = tone();
        PutOnHold.main(new String[] {alice(), "secret", "1001", file.toString()});
        trunk.callTo("1001").exchanged("> INVITE", "< 200 OK", "> INVITE", "< 200 OK", "> INVITE", "< 200 OK", "> BYE");
        trunk.callTo("1001").heardTone(1100);
    }

    @Test
    void aCallIsTransferred() throws Exception {
        FakeTrunk fake = FakeTrunk.named("carrier");
        fake.callee(ALICE).answers();
        fake.callee(BOB).answers().isTransferredWith(480);
        try (Dialer dialer = fake.dialer()) {
            TransferCall.transfer(dialer, ALICE, "sip:support@example.com");
            TransferCall.transfer(dialer, BOB, "sip:support@example.com");
        }
        assertThat(fake.calls().getFirst().transferredTo()).containsExactly("sip:support@example.com");
        assertThat(fake.calls().getFirst().played()).hasSize(1);
        assertThat(fake.calls().getLast().played()).hasSize(2);
    }

    @Test
    @Tag("slow")
    void aTransferThatIsRefusedIsSaid() throws Exception {
        TransferCall.main(new String[] {alice(), "secret", "1001", "sip:support@example.com"});
        trunk.callTo("1001").exchanged("> REFER", "< 405 Method Not Allowed").endedByCaller();
    }

    @Test
    void whatIsSaidIsRecorded() throws Exception {
        Path file = folder.resolve("said.wav");
        RecordCall.main(new String[] {alice(), "secret", "2001", file.toString()});
        assertThat(HeardSound.in(file).hasTone(440)).isTrue();
    }

    @Test
    @Tag("slow")
    void keysArePressed() throws Exception {
        SendKeys.main(new String[] {alice(), "secret", "1001", "1,2,4711#"});
        trunk.callTo("1001").heardKeys("124711#").endedByCaller();
    }

    @Test
    void callersAreSentElsewhere() throws Exception {
        FakeTrunk fake = FakeTrunk.named("carrier");
        try (Dialer dialer = fake.dialer()) {
            RedirectCallers.redirect(dialer, "sip:support@example.com");
            FakeCall known = fake.callsUs(ALICE, "4711", FakePerson.who().givesUpAfter(ofSeconds(30)));
            FakeCall unknown =
                    fake.callsUs("anonymous", "4711", FakePerson.who().givesUpAfter(ofSeconds(30)));
            known.awaitEnd();
            unknown.awaitEnd();
            assertThat(known.redirectedTo()).containsExactly("sip:support@example.com");
            assertThat(unknown.refusal()).hasValue(603);
        }
    }

    @Test
    void whoWaitsForCallersRegistersUntilItIsStopped() throws Exception {
        Thread running = Thread.startVirtualThread(() -> {
            try {
                RedirectCallers.main(new String[] {alice(), "secret", "sip:support@example.com"});
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        trunk.awaitRegistered("alice", ofSeconds(10));
        running.interrupt();
        running.join();
        assertThat(trunk.trunk().isRegistered("alice")).isFalse();
    }

    @Test
    void callersAreAskedAndHandedOn() throws Exception {
        Path file = Prompt.WELCOME_WAV.copyTo(folder);
        FakeTrunk fake = FakeTrunk.named("pbx");
        try (Dialer dialer = fake.dialer()) {
            AnswerCalls.answer(dialer, file, "sip:support@example.com");
            FakeCall caller =
                    fake.callsUs(ALICE, "4711", FakePerson.who().hearsAClip().presses("1", ofSeconds(2)));
            caller.awaitEnd();
            assertThat(caller.rang()).isTrue();
            assertThat(caller.played()).hasSize(1);
            assertThat(caller.transferredTo()).containsExactly("sip:support@example.com");
        }
    }

    @Test
    void noEmergencyNumberIsDialled() throws Exception {
        KeepToRules.main(new String[] {alice(), "secret", "911"});
        trunk.wasNotCalled("911");
    }

    @Test
    void rulesAreKept() throws Exception {
        FakeTrunk fake = FakeTrunk.named("carrier", Instant.parse("2030-01-08T02:00:00Z"));
        fake.callee("+12125550123").answers();
        fake.callee("+12125550199").answers();
        try (Dialer dialer = fake.dialer(KeepToRules.rules("+12125550199"))) {
            KeepToRules.call(dialer, "+12125550199");
            KeepToRules.call(dialer, "+12125550123");
        }
        assertThat(fake.calls()).isEmpty(); // 21:00 in New York
    }

    @Test
    void aFurtherTrunkIsTaken() throws Exception {
        TryFurtherTrunks.main(new String[] {alice(), "secret", alice(), "secret", "1011"});
        assertThat(trunk.calls()).extracting(call -> call.number()).containsExactly("1011", "1011");
    }

    @Test
    void eventsAreHeard() throws Exception {
        ListenToEvents.main(new String[] {alice(), "secret", "2003"});
        trunk.callTo("2003").endedByCallee();
    }

    @Test
    void minutesOfCallsAreTriedInAMoment() throws Exception {
        long begin = System.nanoTime();
        TestWithoutPhone.main(new String[0]);
        assertThat(System.nanoTime() - begin).isLessThan(ofMinutes(1).toNanos());
    }

    @Test
    void aPinIsGathered() throws Exception {
        FakeTrunk fake = FakeTrunk.named("carrier");
        fake.callee(ALICE).answers().hearsAClip().presses("4711", ofSeconds(1));
        fake.callee(BOB).answers().hearsAClip().presses("47", ofSeconds(1));
        try (Dialer dialer = fake.dialer()) {
            assertThat(GatherPin.ask(dialer, ALICE)).isEqualTo("4711");
            assertThat(GatherPin.ask(dialer, BOB)).isEqualTo("47");
        }
        assertThat(fake.calls().getLast().outcome().orElseThrow().reason()).contains("timeout");
    }

    @Test
    void theFirstWhoAnswersIsTalkedTo() throws Exception {
        FakeTrunk fake = FakeTrunk.named("carrier");
        fake.callee(ALICE).rings().answersAfter(ofSeconds(9));
        fake.callee(BOB).rings().answersAfter(ofSeconds(4));
        try (Dialer dialer = fake.dialer()) {
            RingEverybody.ring(dialer, List.of(ALICE, BOB));
        }
        assertThat(fake.calls())
                .hasSize(2)
                .allSatisfy(call ->
                        assertThat(call.answered()).isEqualTo(call.number().equals(BOB)));
    }

    @Test
    void whoIsBusyIsTriedLater() throws Exception {
        FakeTrunk fake = FakeTrunk.named("carrier");
        fake.callee(ALICE).isBusy().nextTime().answers();
        try (Dialer dialer = fake.dialer()) {
            TryLater.call(dialer, ALICE);
        }
        assertThat(fake.calls()).hasSize(2);
        assertThat(fake.calls().getLast().played()).hasSize(1);
    }

    @Test
    void twoAreConnected() throws Exception {
        FakeTrunk fake = FakeTrunk.named("carrier");
        fake.callee(ALICE).answers();
        fake.callee(BOB).answers();
        try (Dialer dialer = fake.dialer()) {
            ConnectTwo.connect(dialer, ALICE, BOB, AudioClip.of(tone()));
        }
        FakeCall customer = fake.calls().getFirst();
        assertThat(customer.transferredTo()).containsExactly(BOB);
        assertThat(customer.playedBeneath()).hasSize(1);
    }

    @Test
    void aTrunkIsProbed() throws Exception {
        ProbeTrunk.main(new String[] {alice(), "secret"});
        assertThat(trunk.calls()).isEmpty();
    }

    @Test
    @Tag("slow")
    void whoAnsweredIsAsked() throws Exception {
        Path file = Prompt.WELCOME_WAV.copyTo(folder);
        AskWhoAnswered.main(new String[] {alice(), "secret", "1012", file.toString(), file.toString()});
        trunk.callTo("1012").answered();
    }
}
