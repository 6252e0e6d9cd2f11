package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys by INFO, to and from a sipp. */
@Tag("interop")
class InfoKeysTest {
    @TempDir
    Path folder;

    @Test
    void keysThatTheFarEndSendsByInfoAreHeardInEitherForm() {
        try (var sipp = Sipp.callee(folder, "answers-and-informs");
                var outdial = Outdial.call(folder, sipp.uri(), "--collect", "3", "--within", "8s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.exitStatus()).as(result + sipp.log()).isZero();
            assertThat(result.text("digits")).as(result.toString()).isEqualTo("5#*");
        }
    }

    @Test
    void keysThatWePressGoOutByInfoWhereThatIsAskedFor() {
        try (var sipp = Sipp.callee(folder, "answers-and-is-informed");
                var outdial = Outdial.call(folder, sipp.uri(), "--keys", "info", "--send-digits", "1#", "--trace")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            assertThat(result.exitStatus()).as(result + sipp.log()).isZero();
        }
    }
}
