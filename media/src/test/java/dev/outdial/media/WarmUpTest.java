package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.srtp.SrtpPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, for it happens once in each. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WarmUpTest {
    @TempDir
    private Path folder;

    /** Opens a session with the policy; nothing is agreed on. */
    static final class OneSession {
        public static void main(String[] policy) throws Exception {
            try (MediaEngine engine = MediaEngine.open(new MediaConfig(22_860, 22_869, OptionalLong.of(1)))) {
                engine.openSession(TappedPair.LOOPBACK, TappedPair.options(SrtpPolicy.valueOf(policy[0])), event -> {});
            }
        }
    }

    private String classesLoadedBy(SrtpPolicy policy) throws Exception {
        Path log = folder.resolve(policy + ".log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OneSession.class.getName(),
                        policy.name())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readString(log);
    }

    @Test
    void whereKeysAreOfferedTheCryptographyIsThereBeforeTheLoopNeedsIt() throws Exception {
        assertThat(classesLoadedBy(SrtpPolicy.OFFERED))
                .contains("srtp.SrtpReceiver ", "srtp.KeyStream ", "srtp.Authenticator ");
    }

    @Test
    void whoDoesNotEncryptDoesNotPayForIt() throws Exception {
        assertThat(classesLoadedBy(SrtpPolicy.OFF))
                .contains("dev.outdial.media.Sealing ")
                .doesNotContain("srtp.SrtpReceiver ");
    }
}
