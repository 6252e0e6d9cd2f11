package dev.outdial.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.fuzz.JazzerRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacesFuzzTest {

    @TempDir
    private Path folder;

    @Test
    void theSeedsAreGenuine() {
        for (String seed : ReplacesTarget.SEEDS) {
            assertThat(Replaces.parse(seed)).as(seed).isPresent();
            ReplacesTarget.fuzzerTestOneInput(seed.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(
                ReplacesTarget.class,
                ReplacesTarget.SEEDS.stream()
                        .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                folder,
                1024,
                "dev.outdial.**");
    }
}
