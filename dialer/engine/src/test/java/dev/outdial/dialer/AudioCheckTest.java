package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.probe.SpectralDistance;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioCheckTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void anMp3IsWhatItIs() throws Exception {
        AudioCheck check = AudioCheck.of(Prompt.WELCOME_MP3.copyTo(folder));
        assertThat(check.format()).isEqualTo("MP3");
        assertThat(check.durationMillis()).isCloseTo(10_030, within(5L));
        assertThat(check.sampleRate()).isEqualTo(44_100);
        assertThat(check.channels()).isEqualTo(1);
        assertThat(check.levelDb()).isBetween(-30.0, -10.0);
        assertThat(check.clippedSamples()).isZero();
        assertThat(check.bandwidthHz()).isGreaterThan(3400);
    }

    @Test
    void aDialerChecksTheSame() throws Exception {
        AudioClip clip = AudioClip.of(Prompt.WELCOME_OGG.copyTo(folder));
        try (Dialer dialer = Dialer.start(DialerConfig.of())) {
            assertThat(dialer.check(clip)).isEqualTo(AudioCheck.of(clip));
        }
    }

    @Test
    void whatSpeaksAgainstAClipIsKnownAtOnce() throws Exception {
        Path there = Prompt.WELCOME_WAV.copyTo(folder);
        try (Dialer dialer = Dialer.start(DialerConfig.of())) {
            for (AudioClip good : List.of(
                    AudioClip.of(there),
                    AudioClip.of(URI.create("https://host.invalid/x.wav")),
                    AudioClip.of(URI.create("http://198.51.100.1.example/x.wav")),
                    AudioClip.saying("Hello", Locale.UK),
                    AudioClip.saying("<speak>Hello</speak>", Locale.US, "kevin16"),
                    AudioClip.tone(400, Duration.ofSeconds(1)))) {
                assertThat(dialer.objection(good)).as("%s", good).isEmpty();
            }
            assertThat(dialer.objection(AudioClip.of(folder.resolve("gone.wav"))))
                    .get(STRING)
                    .contains("there is no file");
            assertThat(dialer.objection(AudioClip.of(URI.create("http://127.0.0.1/x.wav"))))
                    .get(STRING)
                    .contains("loopback");
            assertThat(dialer.objection(AudioClip.of(URI.create("http://example.com:8080/x.wav"))))
                    .get(STRING)
                    .contains("port 8080");
            assertThat(dialer.objection(AudioClip.saying("Hallo", Locale.GERMANY)))
                    .get(STRING)
                    .contains("spoken are: en-US");
            assertThat(dialer.objection(AudioClip.saying("Hello", Locale.US, "nobody")))
                    .get(STRING)
                    .contains("kevin16");
            assertThat(dialer.objection(AudioClip.saying("<speak>broken", Locale.US)))
                    .get(STRING)
                    .contains("line 1");
        }
    }

    @Test
    void whatIsWrittenIsWhatIsHeard() throws Exception {
        Path wav = folder.resolve("heard.wav");
        AudioCheck.writeHeard(AudioClip.of(Prompt.WELCOME_MP3.copyTo(folder)), wav);
        short[] heard = WavFile.read(wav);
        SoundComparison comparison = SoundComparison.compare(heard, Prompt.WELCOME_MP3.reference());
        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
        assertThat(SpectralDistance.between(heard, Prompt.WELCOME_MP3.reference())
                        .meanDb())
                .isLessThan(1.5);
    }

    @Test
    void aClipIsWrittenAsLoudAsItIsPlayed() throws Exception {
        AudioClip clip = AudioClip.of(Prompt.WELCOME_WAV.copyTo(folder));
        Path wav = folder.resolve("heard.wav");
        AudioCheck.writeHeard(clip.levelled(), wav);
        assertThat(AudioCheck.of(wav).loudnessLufs()).isCloseTo(-19, within(0.5));
        AudioCheck.writeHeard(clip.levelled().louderBy(-10), wav);
        assertThat(AudioCheck.of(wav).loudnessLufs()).isCloseTo(-29, within(0.5));
    }

    @Test
    void whatCannotBePlayedIsASentence() throws Exception {
        Path noise = Files.write(folder.resolve("noise.mp3"), new byte[3000]);
        assertThatThrownBy(() -> AudioCheck.of(noise))
                .isInstanceOf(DialerException.class)
                .hasMessageStartingWith("cannot play noise.mp3: ");
        Path none = folder.resolve("none.mp3");
        assertThatThrownBy(() -> AudioCheck.of(none))
                .isInstanceOf(DialerException.class)
                .hasMessage("there is no file " + none);
        assertThatThrownBy(() -> AudioCheck.of(AudioClip.of(URI.create("https://example.org/x.mp3"))))
                .isInstanceOf(DialerException.class)
                .hasMessageContaining("https://example.org/x.mp3");
    }

    @Test
    void whatCannotBeWrittenIsASentence() throws Exception {
        AudioClip clip = AudioClip.of(Prompt.WELCOME_WAV.copyTo(folder));
        Path nowhere = folder.resolve("none").resolve("heard.wav");
        assertThatThrownBy(() -> AudioCheck.writeHeard(clip, nowhere))
                .isInstanceOf(DialerException.class)
                .hasMessage(nowhere + " cannot be written: there is no such folder");
        Path source = folder.resolve("welcome.wav");
        assertThatThrownBy(() -> AudioCheck.writeHeard(clip, source))
                .isInstanceOf(DialerException.class)
                .hasMessage(source + " cannot be written: it is the file that is read");
    }
}
