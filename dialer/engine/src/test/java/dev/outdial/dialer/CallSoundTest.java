package dev.outdial.dialer;

import static dev.outdial.dialer.digits.Digits.digits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.dialer.examples.PlayUntilKey;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Codec;
import dev.outdial.dialer.trunk.Encryption;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.testbed.probe.DigitProbe.HeardDigit;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.MediaReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How a call sounds at its far end, and what its wire is agreed to be. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class CallSoundTest {
    private static final Duration RING = Duration.ofSeconds(10);
    private static final int SECOND = 8000;

    private final LoopbackTrunk trunk = LoopbackTrunk.builder().start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void closeTrunk() {
        trunk.close();
    }

    /** What begins in the middle of a word, and is no whole number of packets. */
    private static short[] words() {
        return Arrays.copyOfRange(Prompt.WELCOME_WAV.reference(), SECOND, 2 * SECOND + 77);
    }

    private AudioClip clip() throws Exception {
        Path file = folder.resolve("words.wav");
        WavFile.write(file, words());
        return AudioClip.of(file);
    }

    private Trunk carrier(WireOptions wire) {
        return Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port())
                .withoutRegistration()
                .withWire(wire);
    }

    private Dialer dialer(WireOptions wire) {
        return Dialer.start(DialerConfig.of(carrier(wire)));
    }

    private MediaReport heardAtTheEndOf(Call call) throws Exception {
        call.hangUp();
        call.awaitEnd();
        return trunk.awaitEnd(call.id(), RING).orElseThrow().media().orElseThrow();
    }

    @Test
    void aClipThatIsRepeatedIsHeardSoOftenWithoutAGap() throws Exception {
        MediaReport report;
        try (Dialer dialer = dialer(WireOptions.DEFAULT)) {
            Call call = dialer.dial("carrier", "1001", RING);
            assertThat(call.play(clip().repeated(3))).isEqualTo(new Played(3029, true));
            report = heardAtTheEndOf(call);
        }
        short[] words = words();
        short[] expected = new short[3 * words.length];
        for (int i = 0; i < 3; i++) System.arraycopy(words, 0, expected, i * words.length, words.length);
        SoundComparison comparison = SoundComparison.compare(report.pcm(), expected);
        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
    }

    @Test
    void anEndlessClipEndsWhenItIsStoppedAndTheCallGoesOn() throws Exception {
        try (Dialer dialer = dialer(WireOptions.DEFAULT)) {
            Call call = dialer.dial("carrier", "1001", RING);
            dialer.load(clip());
            var playing = new CompletableFuture<Played>();
            Thread.startVirtualThread(() -> {
                try {
                    playing.complete(call.play(clip().repeated(0)));
                } catch (Exception e) {
                    playing.completeExceptionally(e);
                }
            });
            call.awaitAnswer();
            // Longer than the clip: it has begun again.
            assertThat(call.collect(digits(1).within(Duration.ofMillis(2500)))).isEmpty();
            assertThat(playing).isNotDone();
            call.stopPlaying();
            Played played = playing.get(10, TimeUnit.SECONDS);
            assertThat(played.whole()).isFalse();
            assertThat(played.millis()).isGreaterThan(1010);
            assertThat(call.play(clip())).isEqualTo(new Played(1010, true));
            call.hangUp();
        }
    }

    @Test
    void aClipIsAsLoudAsItIsAskedToBe() throws Exception {
        MediaReport report;
        try (Dialer dialer = dialer(WireOptions.DEFAULT)) {
            Call call = dialer.dial("carrier", "1001", RING);
            call.play(clip().louderBy(-6));
            report = heardAtTheEndOf(call);
        }
        SoundComparison comparison = SoundComparison.compare(report.pcm(), words());
        assertThat(comparison.gain()).isCloseTo(0.501, within(0.02));
    }

    @Test
    void musicLiesBeneathTheWordsAndEndsWithThem() throws Exception {
        MediaReport report;
        try (Dialer dialer = dialer(WireOptions.DEFAULT)) {
            Call call = dialer.dial("carrier", "1001", RING);
            // The words over themselves, at the same sample: twice as loud.
            call.awaitAnswer();
            call.playBeneath(clip());
            call.play(clip());
            call.stopPlaying();
            report = heardAtTheEndOf(call);
        }
        // Words and music begin at different times, so only the power is known: more than that of the words alone.
        assertThat(power(report.pcm())).isGreaterThan(1.2 * power(words()) * words().length / report.pcm().length);
    }

    private static double power(short[] sound) {
        double sum = 0;
        for (short sample : sound) sum += (double) sample * sample;
        return sum / sound.length;
    }

    @Test
    void theCodecThatIsOfferedIsSpoken() throws Exception {
        try (Dialer dialer = dialer(WireOptions.DEFAULT.offering(Codec.PCMA))) {
            Call call = dialer.dial("carrier", "1001", RING);
            assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMA", false));
            call.play(clip());
            SoundComparison comparison =
                    SoundComparison.compare(heardAtTheEndOf(call).pcm(), words());
            assertThat(comparison.whole()).as(comparison.toString()).isTrue();
        }
    }

    @Test
    void aCallMayGoAnotherWayThanItsTrunk() throws Exception {
        try (Dialer dialer = dialer(WireOptions.DEFAULT)) {
            DialRequest request =
                    DialRequest.over("carrier", "1001").withWire(WireOptions.DEFAULT.offering(Codec.PCMA, Codec.PCMU));
            Call call = dialer.dial(request);
            assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMA", false));
            call.hangUp();
        }
    }

    @Test
    void keysAreAsLongAsTheyAreAskedToBe() throws Exception {
        MediaReport report;
        try (Dialer dialer = dialer(WireOptions.DEFAULT)) {
            Call call = dialer.dial("carrier", "1001", RING);
            call.sendDigits("5,6", Duration.ofMillis(300), Duration.ofMillis(100));
            assertThatThrownBy(() -> call.sendDigits("5", Duration.ofMillis(20), Duration.ofMillis(100)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("20 ms");
            assertThatThrownBy(() -> call.sendDigits("5x")).isInstanceOf(IllegalArgumentException.class);
            report = heardAtTheEndOf(call);
        }
        assertThat(report.digitsReceived()).isEqualTo("56");
        assertThat(report.heardDigits()).extracting(HeardDigit::durationMillis).containsExactly(300L, 300L);
    }

    @Test
    void aFarEndWithoutKeysOfEncryptionIsNotSpokenToWhereItIsRequired() throws Exception {
        try (Dialer dialer = dialer(WireOptions.DEFAULT.withEncryption(Encryption.REQUIRED))) {
            Answer answer = dialer.dial("carrier", "1001", RING).awaitAnswer();
            assertThat(answer).isInstanceOf(Answer.Failed.class);
        }
        try (Dialer dialer = dialer(WireOptions.DEFAULT.withEncryption(Encryption.OFFERED))) {
            Call call = dialer.dial("carrier", "1001", RING);
            assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
            call.hangUp();
        }
    }

    @Test
    void aFarEndThatFallsSilentFailsTheCall() throws Exception {
        try (var silent = LoopbackTrunk.builder().calleesTalk(false).start()) {
            Trunk carrier = Trunk.of("silent", "sip:alice@127.0.0.1:" + silent.port())
                    .withoutRegistration()
                    .withWire(WireOptions.DEFAULT.withRtpTimeout(Duration.ofMillis(400)));
            try (Dialer dialer = Dialer.start(DialerConfig.of(carrier))) {
                Call call = dialer.dial("silent", "1001", RING);
                CallOutcome outcome = call.awaitEnd();
                assertThat(outcome.kind()).isEqualTo(OutcomeKind.FAILED);
                assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
                assertThat(outcome.answered()).isTrue();
                assertThat(outcome.reason()).contains("nothing was heard from the far end for 0.4 s");
                assertThat(call.statistics().mos()).isEmpty();
            }
        }
    }

    @Test
    void aCallThatIsHeardHasAScore() throws Exception {
        try (Dialer dialer = dialer(WireOptions.DEFAULT)) {
            Call call = dialer.dial("carrier", "1001", RING);
            call.play(clip());
            heardAtTheEndOf(call);
            assertThat(call.statistics().mos().orElseThrow()).isBetween(3.5, 4.5);
            assertThat(call.statistics().rejected() + call.statistics().strangers())
                    .isZero();
        }
    }

    @Test
    void theExamplePlaysUntilAKeyIsPressed() throws Exception {
        WavFile.write(folder.resolve("menu.wav"), words());
        PlayUntilKey.main(new String[] {
            "sip:alice@127.0.0.1:" + trunk.port(),
            "wonder",
            "1005",
            folder.resolve("menu.wav").toString()
        });
        MediaReport report = trunk.awaitEnd(trunk.calls().getFirst().callId(), RING)
                .orElseThrow()
                .media()
                .orElseThrow();
        assertThat(report.digitsSent()).startsWith("1");
        assertThat(power(report.pcm())).isPositive();
    }
}
