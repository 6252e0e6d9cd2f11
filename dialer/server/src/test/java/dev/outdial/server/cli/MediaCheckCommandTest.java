package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.probe.SoundComparison;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class MediaCheckCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFileIsSaidToBeWhatItIs() throws Exception {
        Path file = Prompt.WELCOME_OGG.copyTo(folder);
        Run run = Run.outdial("media", "check", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("format +Ogg Vorbis, 44100 Hz, 2 channels"))
                .anyMatch(line -> line.matches("duration +10\\.03\\d s"))
                .anyMatch(line ->
                        line.matches("level +-\\d\\d\\.\\d dB, loudness -\\d\\d\\.\\d LUFS, peak -\\d+\\.\\d dB"))
                .anyMatch(line -> line.matches("silence +\\d+ ms at the start, \\d+ ms at the end"))
                .anyMatch(line -> line.matches("clipping +none"))
                .anyMatch(line -> line.matches("bandwidth +\\d{4,5} Hz"));
    }

    @Test
    void theSameForPrograms() throws Exception {
        Path file = Prompt.WELCOME_MP3.copyTo(folder);
        Path heard = folder.resolve("heard.wav");
        Run run = Run.outdial("media", "check", file.toString(), "--json", "--out", heard.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("format").asText()).isEqualTo("MP3");
        assertThat(report.get("durationMillis").asLong()).isBetween(10_000L, 10_060L);
        assertThat(report.get("levelDb").asDouble()).isBetween(-30.0, -10.0);
        assertThat(report.get("loudnessLufs").asDouble()).isBetween(-30.0, -10.0);
        assertThat(report.get("peakDb").asDouble()).isBetween(-12.0, 0.0);
        assertThat(report.get("silenceAtStartMillis").asLong()).isBetween(0L, 500L);
        assertThat(report.get("silenceAtEndMillis").asLong()).isBetween(0L, 2000L);
        assertThat(report.get("clippedSamples").asLong()).isZero();
        assertThat(report.get("bandwidthHz").asInt()).isBetween(5000, 22_050);
        SoundComparison comparison = SoundComparison.compare(WavFile.read(heard), Prompt.WELCOME_MP3.reference());
        assertThat(comparison.whole()).as(comparison.toString()).isTrue();
    }

    @Test
    void whatIsHeardOfALevelledFileHasItsLevel() throws Exception {
        Path soft = folder.resolve("soft.wav");
        short[] words = Prompt.WELCOME_WAV.reference();
        for (int i = 0; i < words.length; i++) words[i] /= 10;
        WavFile.write(soft, words);
        Path heard = folder.resolve("heard.wav");
        assertThat(Run.outdial("media", "check", soft.toString(), "--level", "--out", heard.toString())
                        .status())
                .isZero();
        Run run = Run.outdial("media", "check", heard.toString(), "--json");
        assertThat(new ObjectMapper().readTree(run.out()).get("loudnessLufs").asDouble())
                .isBetween(-19.5, -18.5);
    }

    @Test
    void whatCannotBePlayedIsOneSentenceAndStatusOne() throws Exception {
        Path noise = Files.write(folder.resolve("noise.mp3"), new byte[3000]);
        assertThatItCannotBePlayed(Run.outdial("media", "check", noise.toString()), "cannot play noise.mp3: ");
        assertThatItCannotBePlayed(
                Run.outdial("media", "check", noise.toString(), "--json"), "cannot play noise.mp3: ");
        assertThatItCannotBePlayed(Run.outdial("media", "check", "no-such.mp3"), "there is no file no-such.mp3");
        Path file = Prompt.WELCOME_WAV.copyTo(folder);
        assertThatItCannotBePlayed(
                Run.outdial("media", "check", file.toString(), "--out", "/no/such/folder/x.wav"),
                "/no/such/folder/x.wav cannot be written: there is no such folder");
    }

    /** Nobody answers at port 9 of this machine, and nothing is fetched from it. */
    @Test
    void anAddressThatCannotBeFetchedIsOneSentenceAndStatusOne() {
        Run run = Run.outdial("media", "check", "http://127.0.0.1:9/x.mp3");
        assertThatItCannotBePlayed(run, "");
        assertThat(run.err()).contains("127.0.0.1");
    }

    @Test
    void aFileOnAWebServerIsHeardAsOneOnThisMachine() throws Exception {
        try (WebServer server = WebServer.open()) {
            server.on("/welcome.mp3", WebAnswers.content("audio/mpeg", Prompt.WELCOME_MP3.bytes()));
            String address = server.uri("/welcome.mp3") + "?key=secret";
            Run run = Run.outdial("media", "check", address, "--fetch-private", "--json");
            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("\"format\":\"MP3\"").doesNotContain("secret");
        }
    }

    private static void assertThatItCannotBePlayed(Run run, String sentence) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("outdial: " + sentence);
        assertThat(run.err().lines()).hasSize(1);
    }
}
