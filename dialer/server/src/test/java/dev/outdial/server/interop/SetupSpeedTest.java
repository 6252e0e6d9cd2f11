package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many calls a second to a sipp that answers at once. The figures are printed, and are for a quiet machine to judge; what
 * holds on any machine is that every call goes well.
 */
@Tag("interop")
@Isolated("looks at times")
class SetupSpeedTest {
    private static final int CALLS = 3_000;

    @TempDir
    Path folder;

    @Test
    void twoHundredCallsASecondAreSetUpAndTornDownWithoutAFailure() {
        var script = SippScript.called()
                .reply("200 OK", SippBody.sdp())
                .expect("ACK")
                .expect("BYE")
                .reply("200 OK");
        try (var sipp = Sipp.calleeOfMany(folder, script, CALLS);
                var outdial = Outdial.load(
                        folder,
                        "1001",
                        "--trunk",
                        "sip:load@127.0.0.1:" + sipp.sipPort(),
                        "--no-register",
                        "--calls",
                        Integer.toString(CALLS),
                        "--cps",
                        "200",
                        "--warm-up",
                        "10s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario();

            System.out.println("200 calls/s to sipp: " + result.json().path("setup"));
            assertThat(result.json().path("answered").asInt())
                    .as(result.toString())
                    .isEqualTo(CALLS);
            assertThat(result.json().path("failed").asInt())
                    .as(result.toString())
                    .isZero();
            assertThat(result.json().path("setup").path("answered").asInt()).isPositive();
        }
    }
}
