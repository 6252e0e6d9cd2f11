package dev.outdial.media.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PiecesTest {
    @TempDir
    private Path folder = Path.of("");

    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final AtomicInteger spoken = new AtomicInteger();

    /** Speaks words, each for so long, and takes as long as it is told. */
    private void speak(String ssml, int soundSeconds, int workSeconds) throws IOException, InterruptedException {
        Pieces.speak(
                ScriptReader.read(Utterance.of(ssml)),
                folder.resolve("said.wav"),
                (words, file) -> {
                    spoken.incrementAndGet();
                    nowNanos.addAndGet(TimeUnit.SECONDS.toNanos(workSeconds));
                    try (var sink = new WavSink(file, 4000)) {
                        sink.writeSilence(soundSeconds * 1000);
                    } catch (IOException unwritable) {
                        throw new SpeechException("unwritable", unwritable);
                    }
                },
                nowNanos::get);
    }

    private static String pieces(int count) {
        return "<speak>" + "one<break time='100ms'/>".repeat(count) + "</speak>";
    }

    @Test
    void allPiecesTogetherAreNoLongerThanAFileMayBe() throws IOException, InterruptedException {
        assertThatThrownBy(() -> speak(pieces(100), 250, 0))
                .isInstanceOf(SpeechException.class)
                .hasMessage("what is to be said takes more than 10 minutes");
        assertThat(spoken).hasValue(3);
        speak(pieces(2), 250, 0);
    }

    @Test
    void allPiecesTogetherHaveAMinute() throws IOException, InterruptedException {
        assertThatThrownBy(() -> speak(pieces(100), 1, 25))
                .isInstanceOf(SpeechException.class)
                .hasMessageStartingWith("all that is to be said took longer than 60 s");
        assertThat(spoken).hasValue(3);
        speak(pieces(100), 1, 0);
    }
}
