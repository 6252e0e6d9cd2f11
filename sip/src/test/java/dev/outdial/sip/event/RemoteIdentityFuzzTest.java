package dev.outdial.sip.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.fuzz.JazzerRun;
import dev.outdial.sip.message.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteIdentityFuzzTest {

    @TempDir
    private Path folder;

    @Test
    void theSeedsAreGenuine() {
        for (String seed : RemoteIdentityTarget.SEEDS) {
            var identity = RemoteIdentity.of(Headers.of("P-Asserted-Identity", seed));
            assertThat(identity.uri()).as(seed).isPresent();
            assertThat(identity.verstat()).as(seed).isPresent();
            RemoteIdentityTarget.fuzzerTestOneInput(seed.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(
                RemoteIdentityTarget.class,
                RemoteIdentityTarget.SEEDS.stream()
                        .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                folder,
                1024,
                "dev.outdial.**");
    }
}
