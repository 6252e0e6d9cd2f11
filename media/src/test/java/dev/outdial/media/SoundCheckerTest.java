package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.outdial.media.check.SoundReport;
import dev.outdial.media.file.AudioFormatException;
import dev.outdial.media.level.HeardSound;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.probe.ToneProbe;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.rtp.G711;
import dev.outdial.testbed.sound.WavFile;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoundCheckerTest {
    private final SoundChecker checker = new SoundChecker(Optional.empty(), Optional.empty());

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsWhatACalleeHears(Prompt prompt) throws Exception {
        Path wav = folder.resolve("heard.wav");
        checker.writeHeard(new Sound.InFile(prompt.copyTo(folder)), false, 0, wav);
        short[] heard = WavFile.read(wav);
        SoundComparison comparison = SoundComparison.compare(heard, prompt.reference());
        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
        // Through G.711: no sample is anything but what a code stands for.
        short[] again = G711.MU_LAW.decode(G711.MU_LAW.encode(heard));
        assertThat(Arrays.equals(heard, again)).isTrue();
    }

    @Test
    void soundThatIsMuLawAlreadyPassesToTheBit() throws Exception {
        short[] words = G711.MU_LAW.decode(G711.MU_LAW.encode(Prompt.WELCOME_WAV.reference()));
        Path source = folder.resolve("words.wav");
        WavFile.write(source, words);
        Path wav = folder.resolve("heard.wav");
        checker.writeHeard(new Sound.InFile(source), false, 0, wav);
        assertThat(Arrays.equals(WavFile.read(wav), words)).isTrue();
    }

    @Test
    void aToneIsAsLongAndAsLoudAsABeep() throws Exception {
        var tone = new Sound.Steady(1000, 300);
        SoundReport report = checker.check(tone);
        assertThat(report.durationMillis()).isEqualTo(300);
        assertThat(report.sampleRate()).isEqualTo(8000);
        // A sine of -10 dBm0 has its peak at -13.14 dB of full scale.
        assertThat(report.peakDb()).isCloseTo(-13.14, within(0.1));
        Path wav = folder.resolve("tone.wav");
        checker.writeHeard(tone, false, 0, wav);
        assertThat(ToneProbe.hertz(700, 1000, 1300).tones(WavFile.read(wav)))
                .singleElement()
                .matches(heard -> heard.hertz() == 1000);
    }

    @Test
    void aLevelledAndLouderClipIsWrittenSo() throws Exception {
        Path source = Prompt.WELCOME_WAV.copyTo(folder);
        Path wav = folder.resolve("heard.wav");
        checker.writeHeard(new Sound.InFile(source), true, -6, wav);
        SoundReport report = checker.check(new Sound.InFile(wav));
        assertThat(report.loudnessLufs()).isCloseTo(HeardSound.TARGET_LUFS - 6, within(0.5));
        assertThat(report.durationMillis()).isCloseTo(Prompt.WELCOME_WAV.reference().length / 8, within(2L));
    }

    @Test
    void whatCannotBePlayedLeavesNoFileAndNoHarm() throws Exception {
        Path wav = folder.resolve("heard.wav");
        Path noise = Files.write(folder.resolve("noise.mp3"), new byte[3000]);
        assertThatThrownBy(() -> checker.writeHeard(new Sound.InFile(noise), false, 0, wav))
                .isInstanceOf(AudioFormatException.class);
        assertThatThrownBy(() -> checker.check(new Sound.InFile(folder.resolve("none.mp3"))))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> checker.check(new Sound.AtUrl(URI.create("https://example.org/x.mp3?key=1"))))
                .hasMessage("nothing is fetched here");
        assertThat(wav).doesNotExist();
    }

    @Test
    void aFileThatBreaksOffWithAnErrorLeavesNoHalf() throws Exception {
        byte[] ogg = Prompt.WELCOME_OGG.bytes();
        ogg[ogg.length / 2] ^= 0x55;
        Path source = Files.write(folder.resolve("broken.ogg"), ogg);
        Path wav = folder.resolve("heard.wav");
        assertThatThrownBy(() -> checker.writeHeard(new Sound.InFile(source), false, 0, wav))
                .isInstanceOf(AudioFormatException.class);
        assertThat(wav).doesNotExist();
    }

    @Test
    void theSourceIsNeverWrittenOver() throws Exception {
        Path source = Prompt.WELCOME_WAV.copyTo(folder);
        assertThatThrownBy(() -> checker.writeHeard(new Sound.InFile(source), false, 0, source))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("it is the file that is read");
        assertThat(source).hasBinaryContent(Prompt.WELCOME_WAV.bytes());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> checker.writeHeard(new Sound.InFile(source), false, 0, empty))
                .isInstanceOf(FileSystemException.class);
        assertThat(empty).isDirectory();
    }
}
