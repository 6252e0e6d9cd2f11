package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramSynthesizerTest {
    @TempDir
    private Path folder = Path.of("");

    /** A program of a few lines; {@code $0} of what follows is its folder. */
    private ProgramSynthesizer program(Duration limit, String script, String... arguments) throws IOException {
        Path file = folder.resolve("speaker.sh");
        Files.writeString(file, "cd '" + folder + "'\n" + script);
        var command = new ArrayList<>(List.of("/bin/sh", file.toString()));
        command.addAll(List.of(arguments));
        return new ProgramSynthesizer(command, List.of(), limit);
    }

    private ProgramSynthesizer program(String script, String... arguments) throws IOException {
        return program(Duration.ofSeconds(20), script, arguments);
    }

    private Path say(ProgramSynthesizer engine, String text, String... voice) throws IOException, InterruptedException {
        Path target = folder.resolve("said.wav");
        SpeechVoice who = engine.voice(Locale.GERMANY, voice.length == 0 ? Optional.empty() : Optional.of(voice[0]))
                .orElseThrow();
        engine.synthesize(ScriptReader.read(new Utterance(text, Locale.GERMANY, Optional.empty())), who, target);
        return target;
    }

    @Test
    void theTextComesOnStandardInputAndPlaceholdersAreWholeArguments() throws IOException, InterruptedException {
        WavFile.write(folder.resolve("tone.wav"), new Tones(0.3, 440).samples(500));
        var engine = program(
                "cat > text; for a in \"$@\"; do echo \"[$a]\"; done > args; cat tone.wav",
                "--voice",
                "{voice}",
                "{language}",
                "x{voice}",
                "$(touch hacked); rm -rf *");

        Path said = say(engine, "Grüße; $(touch hacked) `touch hacked`");

        assertThat(said).hasSameBinaryContentAs(folder.resolve("tone.wav"));
        assertThat(folder.resolve("text")).hasContent("Grüße; $(touch hacked) `touch hacked`");
        assertThat(folder.resolve("args"))
                .hasContent("[--voice]\n[de-DE]\n[de-DE]\n[x{voice}]\n[$(touch hacked); rm -rf *]\n");
        assertThat(folder.resolve("hacked")).doesNotExist();
        say(engine, "Hallo", "thorsten-low");
        assertThat(Files.readString(folder.resolve("args"))).startsWith("[--voice]\n[thorsten-low]\n[de-DE]\n");
        assertThatThrownBy(() -> say(engine, "Hallo", "--help")).hasMessage("'--help' is no name of a voice");
        assertThatThrownBy(() -> say(engine, "Hallo", "../x")).hasMessage("'../x' is no name of a voice");
    }

    @Test
    void ssmlIsSpokenPieceByPieceWithItsPausesAndLevels() throws IOException, InterruptedException {
        WavFile.write(folder.resolve("tone.wav"), new Tones(0.4, 440).samples(500));
        var engine = program("cat >> texts; echo >> texts; cat tone.wav");

        short[] said = WavFile.read(
                say(engine, "<speak>Eins<break time='1s'/><prosody volume='-6dB'>zwei &lt; drei</prosody></speak>"));

        assertThat(folder.resolve("texts")).hasContent("Eins\nzwei < drei\n");
        assertThat(said).hasSize(4000 + 8000 + 4000);
        assertThat(peak(said, 0, 4000)).isBetween(12_500, 13_200);
        assertThat(peak(said, 4000, 12_000)).isZero();
        assertThat(peak(said, 12_000, 16_000)).isBetween(6200, 6700);
    }

    private static int peak(short[] pcm, int from, int to) {
        int peak = 0;
        for (int i = from; i < to; i++) peak = Math.max(peak, Math.abs(pcm[i]));
        return peak;
    }

    @Test
    void aFailureIsItsStatusAndItsFirstLine() throws IOException {
        assertThatThrownBy(() -> say(program("echo; echo 'no model here' >&2; echo more >&2; exit 3"), "Hallo"))
                .isInstanceOf(SpeechException.class)
                .hasMessage("sh ended with status 3: no model here");
        assertThatThrownBy(() -> say(program("cat > /dev/null; echo 'nothing to do' >&2"), "Hallo"))
                .hasMessage("sh wrote no sound: nothing to do");
        assertThatThrownBy(() -> say(new ProgramSynthesizer(List.of("/no/such/speaker"), List.of()), "Hallo"))
                .hasMessage("speaker cannot be started: is it installed, and on the PATH?");
    }

    @Test
    void whatTakesTooLongIsEndedWithAllThatItStarted() throws IOException, InterruptedException {
        var engine = program(Duration.ofMillis(1500), "sleep 600 & echo $! > child; echo $$ > parent; wait");

        long start = System.nanoTime();
        assertThatThrownBy(() -> say(engine, "Hallo"))
                .isInstanceOf(SpeechException.class)
                .hasMessage("sh took longer than 1.5 s and was ended");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertEnds("child");
        assertEnds("parent");
    }

    @Test
    void whatSpeaksEndsWithItsEngine() throws Exception {
        var engine = program("sleep 600 & echo $! > child; echo $$ > parent; touch begun; wait");
        Thread closer = Thread.ofVirtual().start(() -> {
            while (!Files.exists(folder.resolve("begun"))) Thread.onSpinWait();
            engine.close();
        });

        assertThatThrownBy(() -> say(engine, "Hallo"))
                .isInstanceOf(SpeechException.class)
                .hasMessage("sh is closed");

        closer.join();
        assertEnds("child");
        assertEnds("parent");
        assertThatThrownBy(() -> say(engine, "Hallo")).hasMessage("sh is closed");
    }

    private void assertEnds(String pidFile) throws IOException, InterruptedException {
        long pid = Long.parseLong(Files.readString(folder.resolve(pidFile)).strip());
        var process = ProcessHandle.of(pid);
        if (process.isPresent())
            assertThat(process.get().onExit().orTimeout(10, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void whatWritesForEverIsEnded() throws IOException {
        assertThatThrownBy(() -> say(program("exec cat /dev/zero"), "Hallo"))
                .isInstanceOf(SpeechException.class)
                .hasMessage("sh wrote more than 52428800 bytes and was ended");
    }

    @Test
    void ourPasswordsAreNotTheProgramsBusiness() throws IOException, InterruptedException {
        WavFile.write(folder.resolve("tone.wav"), new short[800]);
        say(program("env > variables; cat > /dev/null; cat tone.wav"), "Hallo");
        assertThat(Files.readString(folder.resolve("variables")))
                .contains("PATH=")
                .doesNotContain("OUTDIAL_");
    }
}
