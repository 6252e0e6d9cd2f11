package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is pressed and played in a call is handed to the journal in order; one that fails ends no call. */
@Timeout(60)
class JournaledCallTest {
    private record Kept(String callId, long seq, JournalEntry entry) {}

    @TempDir
    Path folder;

    @Test
    void keysAndClipsAreKeptInOrderAndAFailingJournalEndsNoCall() throws Exception {
        List<Kept> kept = new CopyOnWriteArrayList<>();
        Persona presses = Persona.of(
                "presses two keys and stays",
                new Step.Answer(),
                new Step.Wait(Duration.ofMillis(200)),
                new Step.Press("42"));
        Path file = folder.resolve("words.wav");
        WavFile.write(file, Arrays.copyOf(Prompt.WELCOME_WAV.reference(), 3_200));
        try (LoopbackTrunk trunk = LoopbackTrunk.builder()
                        .dialPlan(DialPlan.standard().with("1", presses))
                        .start();
                Dialer dialer = Dialer.start(DialerConfig.of(Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port())
                                .withoutRegistration())
                        .withJournal((callId, seq, entry) -> {
                            kept.add(new Kept(callId, seq, entry));
                            if (seq == 3) throw new IllegalStateException("the disk is full");
                            return CompletableFuture.allOf();
                        }))) {
            Call call = dialer.dial("carrier", "1", Duration.ofSeconds(10));
            call.awaitAnswer();
            assertThat(call.collect(Digits.digits(2))).isEqualTo("42");
            call.play(AudioClip.of(file));
            call.hangUp();
            assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.COMPLETED);

            assertThat(kept).extracting(Kept::callId).containsOnly(call.id());
            assertThat(kept).extracting(Kept::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(((JournalEntry.DialogHeld) kept.get(0).entry()).dialog().callId())
                    .isEqualTo(call.id());
            assertThat(((JournalEntry.DigitAcknowledged) kept.get(1).entry()).digit())
                    .isEqualTo('4');
            assertThat(((JournalEntry.DigitAcknowledged) kept.get(2).entry()).digit())
                    .isEqualTo('2');
            assertThat(((JournalEntry.PromptFinished) kept.get(3).entry()).whole())
                    .isTrue();
            assertThat(kept.get(4).entry()).isEqualTo(new JournalEntry.DialogOver());
        }
    }
}
