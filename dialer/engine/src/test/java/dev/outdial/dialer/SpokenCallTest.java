package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.sound.SoundOptions;
import dev.outdial.dialer.sound.Speech;
import dev.outdial.dialer.sound.SpeechEngine;
import dev.outdial.dialer.sound.SpeechOptions;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.probe.SpokenTones;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.MediaReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Words on a call, as its far end hears them. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class SpokenCallTest {
    private static final Duration RING = Duration.ofSeconds(10);
    private static final Locale ARABIC = Locale.forLanguageTag("ar");

    private final LoopbackTrunk trunk = LoopbackTrunk.builder().start();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void closeTrunk() {
        trunk.close();
    }

    private Dialer dialer(SpeechEngine... engines) {
        Trunk carrier =
                Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration();
        var speech = new SpeechOptions(List.of(engines), Optional.of(folder));
        return Dialer.start(DialerConfig.of(carrier).withSound(SoundOptions.DEFAULT.withSpeech(speech)));
    }

    private MediaReport heardAtTheEndOf(Call call) throws Exception {
        call.hangUp();
        call.awaitEnd();
        return trunk.awaitEnd(call.id(), RING).orElseThrow().media().orElseThrow();
    }

    @Test
    void wordsAreHeardInTheirOrderWithThePausesBetween() throws Exception {
        MediaReport report;
        try (Dialer dialer = dialer(new SpeechEngine.Provided("tones"))) {
            Call call = dialer.dial("carrier", "1001", RING);
            assertThat(call.say("مرحبا بكم", ARABIC)).isEqualTo(new Played(720, true));
            assertThat(call.say("<speak>Press one<break time='300ms'/>or two</speak>"))
                    .isEqualTo(new Played(720 + 300 + 720, true));
            call.play(AudioClip.saying("Press one"));
            report = heardAtTheEndOf(call);
        }
        assertThat(SpokenTones.codes(report.pcm()))
                .containsExactly(
                        SpokenTones.code("مرحبا بكم"),
                        SpokenTones.code("Press one"),
                        SpokenTones.code("or two"),
                        SpokenTones.code("Press one"));
    }

    @Test
    void theEmbeddedEngineIsHeardWhole() throws Exception {
        MediaReport report;
        try (Dialer dialer = dialer(new SpeechEngine.Embedded())) {
            Call call = dialer.dial("carrier", "1001", RING);
            Played played = call.say("Hello, your code is 4711.");
            assertThat(played.whole()).isTrue();
            assertThat(played.millis()).isBetween(2000L, 5000L);
            report = heardAtTheEndOf(call);
        }
        SoundComparison comparison = SoundComparison.compare(report.pcm(), spoken());
        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
    }

    /** What lies in the folder, brought from 16 to 8 kHz by another hand. */
    private short[] spoken() throws IOException {
        byte[] wav;
        try (Stream<Path> files = Files.list(folder)) {
            wav = Files.readAllBytes(files.findFirst().orElseThrow());
        }
        var samples = ByteBuffer.wrap(wav, 44, wav.length - 44)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        short[] half = new short[samples.remaining() / 2];
        for (int i = 0; i < half.length; i++) {
            double sum = 0;
            for (int k = -60; k <= 60; k++) {
                int at = 2 * i + k;
                if (at < 0 || at >= samples.limit()) continue;
                // A sinc of 3.8 kHz within a raised cosine.
                double sinc = k == 0 ? 1 : Math.sin(Math.PI * 0.475 * k) / (Math.PI * 0.475 * k);
                sum += samples.get(at) * 0.475 * sinc * (0.5 + 0.5 * Math.cos(Math.PI * k / 61));
            }
            half[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return half;
    }

    @Test
    void whatNobodySpeaksIsASentenceAndTheCallGoesOn() throws Exception {
        try (Dialer dialer = dialer(new SpeechEngine.Embedded())) {
            Call call = dialer.dial("carrier", "1001", RING);
            assertThatThrownBy(() -> call.say("مرحبا", ARABIC))
                    .isInstanceOf(DialerException.class)
                    .hasMessage("cannot speak the words \"مرحبا\": no engine speaks Arabic (ar); spoken are: en-US");
            assertThatThrownBy(() -> call.say("مرحبا"))
                    .isInstanceOf(DialerException.class)
                    .hasMessageEndingWith("the text has Arabic letters (م), and is said to be in English (en-US)");
            assertThatThrownBy(() -> call.play(AudioClip.saying("Hello", Locale.US, "nobody")))
                    .hasMessageEndingWith("there is no voice 'nobody' for English (en-US); there are: kevin16");
            assertThatThrownBy(() -> call.say("<speak>Hello</speech>"))
                    .isInstanceOf(DialerException.class)
                    .hasMessageContaining("SSML, line 1, column 15: ");
            assertThat(call.say("One.").whole()).isTrue();
        }
    }

    @Test
    void whatIsSetUpWronglyIsSaidWhenSomebodySpeaks() {
        for (var wrong : List.of(
                new SpeechEngine.Provided("nobody"),
                new SpeechEngine.Service("gopher://me:secret@host", List.of()),
                new SpeechEngine.Program(List.of(), List.of())))
            try (Speech speech = Speech.open(new SpeechOptions(List.of(wrong), Optional.empty()))) {
                assertThatThrownBy(() -> speech.say("Hello", Locale.US, Optional.empty()))
                        .isInstanceOf(IOException.class)
                        .hasMessageNotContaining("secret")
                        .hasMessageMatching("there is no speech engine 'nobody'; on the class path are: freetts, tones"
                                + "|the speech service's address: http://host/ or https://host/ is expected"
                                + "|the program that speaks is expected");
            }
    }

    @Test
    void theTemporaryFolderIsGoneAfterwards() throws IOException {
        Path spoken;
        try (Speech speech =
                Speech.open(new SpeechOptions(List.of(new SpeechEngine.Provided("tones")), Optional.empty()))) {
            spoken = speech.say("Hello", Locale.US, Optional.empty());
            assertThat(spoken).isRegularFile();
        }
        assertThat(spoken.getParent()).doesNotExist();
    }
}
