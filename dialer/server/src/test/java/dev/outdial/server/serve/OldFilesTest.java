package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String STORED = "0b8f0d2e-6c7f-4a59-9a0c-0d3b4c5e6f70";
    private static final String GONE = "1b8f0d2e-6c7f-4a59-9a0c-0d3b4c5e6f71";
    private static final String YOUNG = "2b8f0d2e-6c7f-4a59-9a0c-0d3b4c5e6f72";

    @TempDir
    private Path folder = Path.of("");

    private void write(String name, Instant time) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "sound");
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private Set<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
        }
    }

    @Test
    void theVoiceOfACallGoesOnceItsRecordingIsStoredNoMoreAndNothingElseDoes() throws IOException {
        Instant old = NOW.minusSeconds(1);
        write("call_a_" + STORED + ".wav", old);
        write("call_a_" + GONE + ".wav", old);
        write("call_20261122T090000_" + GONE + ".wav", old);
        write("call_a_" + YOUNG + ".wav", NOW);
        write(GONE + ".wav", old);
        write("greeting.wav", old);

        OldFiles.recordings(folder, STORED::equals).deleteOlderThan(NOW);

        assertThat(left())
                .containsExactlyInAnyOrder(
                        "call_a_" + STORED + ".wav", "call_a_" + YOUNG + ".wav", GONE + ".wav", "greeting.wav");
    }

    @Test
    void packetsGoOnceTheirCallIsStoredNoMore() throws IOException {
        Instant old = NOW.minusSeconds(1);
        write(STORED + ".pcap", old);
        write(GONE + ".pcap", old);
        write(YOUNG + ".pcap", NOW);

        OldFiles.packets(folder, STORED::equals).deleteOlderThan(NOW);

        assertThat(left()).containsExactlyInAnyOrder(STORED + ".pcap", YOUNG + ".pcap");
        OldFiles.packets(folder.resolve("none"), STORED::equals).deleteOlderThan(NOW);
    }
}
