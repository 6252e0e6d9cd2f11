package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Where time passes: session timers, and far ends that do not say what they have to. The three long ones run at once. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SippTimerTest {
    @TempDir
    Path folder;

    /** Takes the 45 seconds after which a session is refreshed that lasts the shortest time there is. */
    @Test
    void aSessionOfNinetySecondsIsRefreshedByUsAtItsHalf() {
        var script = SippScript.called("Session-Expires: ", "Supported: .*timer")
                .answer(
                        "Session-Expires: 90;refresher=uac",
                        "Require: timer",
                        "Allow: INVITE, ACK, BYE, CANCEL, UPDATE")
                .expect("UPDATE", "Session-Expires: *90 *; *refresher=uac")
                .reply("200 OK", "Session-Expires: 90;refresher=uac", "Require: timer")
                .pause(300)
                .bye()
                .takingLong(Duration.ofSeconds(45));
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--rtp-timeout", "0s", "--hold", "60s")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
            assertThat(result.json().path("talkMillis").asLong()).isBetween(40_000L, 50_000L);
        }
    }

    @Test
    void aSessionThatTheFarEndRefreshesIsGrantedItsTimeAgainByUpdateAndByInvite() {
        var script = SippScript.called()
                .answer("Session-Expires: 90;refresher=uas", "Require: timer", "Supported: timer")
                .request("UPDATE", "Supported: timer", "Session-Expires: 90;refresher=uac")
                .expect(200, "Session-Expires: *90 *; *refresher=uac", "Require: .*timer")
                .request("INVITE", SippBody.sdp(), "Supported: timer", "Session-Expires: 90;refresher=uac")
                .maybe(100)
                .expect(200, "Session-Expires: *90 *; *refresher=uac", "Require: .*timer")
                .acknowledge()
                .request("UPDATE", "Supported: timer", "Session-Expires: 10")
                .expect(422, "Min-SE: *90")
                .bye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "20s")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
        }
    }

    /** Takes the 32 seconds of timer F. */
    @Test
    void aByeThatNobodyAnswersIsRepeatedAndThenTheCallIsOver() {
        var script = SippScript.called().answer().expect("BYE").pause(33_000).takingLong(Duration.ofSeconds(33));
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("local");
            assertThat(result.json().path("talkMillis").asLong()).isLessThan(2_000);
            // What closing waits for is bounded; until then it is repeated.
            assertThat(sipp.received("BYE ")).as(result.toString()).isGreaterThan(1);
        }
    }

    /** Takes the 32 seconds for which a 2xx is repeated (RFC 3261 13.3.1.4). */
    @Test
    void aCallerThatNeverAcknowledgesIsHungUpOn() {
        int port = Ports.single();
        int trunkPort = Ports.single();
        var script = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .maybe(180)
                .expect(200)
                .maybe(200, 13)
                .expect("BYE")
                .reply("200 OK")
                .takingLong(Duration.ofSeconds(33));
        try (var outdial = LocalOutdial.answer(port, trunkPort, "--calls", "1", "--hold", "50s");
                // -nr: sipp would take each repeated 200 for a reason to repeat its INVITE.
                var sipp = Sipp.caller(folder, script, "outdial", port, trunkPort, "-nr")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("failed");
            assertThat(sipp.received("SIP/2.0 200")).isBetween(8L, 12L);
        }
    }
}
