package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in the sound, for a far end that knows no telephone-events: a sipp that sends back what it hears. */
@Tag("interop")
class InBandKeysTest {
    @TempDir
    Path folder;

    @Test
    void keysThatWePressAsTonesAreHeardAsSuchWhenTheyComeBack() {
        var script = SippScript.called()
                .reply("200 OK", SippBody.sdpWithoutKeys())
                .expect("ACK")
                .untilBye();
        try (var sipp = Sipp.callee(folder, script, "-rtp_echo");
                var outdial =
                        LocalOutdial.call(sipp.uri(), "--send-digits", "159D#0", "--collect", "6", "--within", "8s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result + sipp.log()).isEqualTo("completed");
            assertThat(result.text("digits")).as(result + sipp.log()).isEqualTo("159D#0");
        }
    }
}
