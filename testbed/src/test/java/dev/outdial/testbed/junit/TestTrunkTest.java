package dev.outdial.testbed.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The trunk that a test gets. What callees hear is asserted by the tests of those who call them. */
class TestTrunkTest {
    @RegisterExtension
    final TestTrunk trunk = TestTrunk.withPersonas();

    @TempDir
    private Path folder;

    @Test
    void itListensAndWasNotCalledYet() {
        assertThat(trunk.sipUri("1001")).isEqualTo("sip:1001@127.0.0.1:" + trunk.port());
        assertThat(trunk.calls()).isEmpty();
        trunk.wasNotCalled("1001");
        assertThatThrownBy(() -> trunk.callTo("1001"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nobody called 1001");
    }

    @Test
    void whatIsNotRunningSaysHowItIsStarted() {
        assertThatThrownBy(() -> TestTrunk.withPersonas().port())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    @Test
    void aRecordingIsAskedForItsSound() throws Exception {
        Path file = folder.resolve("tone.wav");
        short[] tone = new Tones(0.25, 440).samples(500);
        WavFile.write(file, tone);
        HeardSound heard = HeardSound.in(file);
        assertThat(heard.hasTone(440)).isTrue();
        assertThat(heard.hasTone(1000)).isFalse();
        assertThat(heard.isSilent()).isFalse();
        assertThat(heard.millis()).isEqualTo(500);
        assertThat(HeardSound.of(new short[800]).isSilent()).isTrue();
    }
}
