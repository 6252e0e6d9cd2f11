package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Plain calls over TCP. sipp as Debian builds it has no TLS: that is baresip's part. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SippTransportTest {
    @TempDir
    Path folder;

    @Test
    void aCallOverTcpIsMadeChangedAndEndedByTheFarEndOverTheSameConnection() {
        var script = SippScript.called("Via: SIP/2.0/TCP", "Contact: .*transport=tcp")
                .reply("180 Ringing")
                .answer()
                .request("INVITE", SippBody.sdp(2, "a=sendonly"))
                .maybe(100)
                .expect(200, "a=recvonly")
                .acknowledge()
                .pause(200)
                .bye();
        try (var sipp = Sipp.callee(folder, script, "-t", "t1");
                var outdial = LocalOutdial.call(sipp.uri() + ";transport=tcp", "--hold", "20s")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
        }
    }

    @Test
    void aCallToUsOverTcpIsTakenAndEnded() {
        int port = Ports.single();
        int trunkPort = Ports.single();
        var script = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .expect(200, "Contact: .*transport=tcp")
                .acknowledge()
                .pause(300)
                // It takes no connection at the port that its Contact names, so it is the one to hang up.
                .bye();
        try (var outdial = LocalOutdial.answer(
                        port,
                        "--trunk",
                        "sip:trunk@127.0.0.1:" + trunkPort + ";transport=tcp",
                        "--no-register",
                        "--hold",
                        "10s",
                        "--calls",
                        "1");
                var sipp = Sipp.caller(folder, script, "outdial", port, trunkPort, "-t", "t1")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
        }
    }
}
