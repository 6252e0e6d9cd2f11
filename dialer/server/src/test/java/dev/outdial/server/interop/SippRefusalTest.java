package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Final responses that are no 2xx: those that end the call, and those that ask for another INVITE. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SippRefusalTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "302 Moved Temporarily | Contact: <sip:other@127.0.0.1:9> | failed | 13 | 41",
                "403 Forbidden | X-Why: no | rejected | 12 | 21",
                "404 Not Found | Reason: Q.850;cause=1;text=\"Unallocated number\" | failed | 13 | 1",
                "480 Temporarily Unavailable | Reason: Q.850;cause=19 | no-answer | 11 | 19",
                "480 Temporarily Unavailable | Reason: SIP;cause=200, Q.850;cause=17 | busy | 10 | 17",
                "486 Busy Here | Reason: Q.850;cause=17;text=\"User busy\" | busy | 10 | 17",
                "488 Not Acceptable Here | Warning: 304 127.0.0.1 \"no codec\" | failed | 13 | 88",
                "503 Service Unavailable | Retry-After: 10 | failed | 13 | 41",
                "603 Decline | Reason: Q.850;cause=21 | rejected | 12 | 21"
            })
    void aRefusalEndsTheCallAtOnceAndSaysWhy(String status, String header, String outcome, int exitStatus, int cause) {
        var script =
                SippScript.called().reply("100 Trying").reply(status, header).expect("ACK");
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri())) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo(outcome);
            assertThat(result.exitStatus()).isEqualTo(exitStatus);
            assertThat(result.text("sipCode")).isEqualTo(status.substring(0, 3));
            assertThat(result.json().path("cause").asInt()).isEqualTo(cause);
            assertThat(result.json().path("answered").asBoolean()).isFalse();
        }
    }

    @Test
    void anIntervalThatIsTooShortIsRaisedAndAChallengeAnsweredAndThenItIsAnsweredOnce() {
        var script = SippScript.called("Supported: .*timer")
                .reply("422 Session Interval Too Small", "Min-SE: 3600")
                .expect("ACK")
                .expect("INVITE", "Session-Expires: *3600", "Min-SE: *3600")
                .reply(
                        "407 Proxy Authentication Required",
                        "Proxy-Authenticate: Digest realm=\"outdial.test\", nonce=\"once\", algorithm=MD5, qop=\"auth\"")
                .expect("ACK")
                .expect("INVITE", "Session-Expires: *3600", "Proxy-Authorization: .*once")
                .answer("Session-Expires: 3600;refresher=uac", "Require: timer")
                .untilBye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(
                        "1001",
                        "--trunk",
                        "sip:alice@127.0.0.1:" + sipp.sipPort(),
                        "--no-register",
                        "--user",
                        "alice",
                        "--password",
                        Kamailio.PASSWORD,
                        "--hold",
                        "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
        }
    }

    @Test
    void aRequestThatIsPendingElsewhereIsWaitedForAndTheCallTriedOnceMore() {
        var script = SippScript.called()
                .reply("491 Request Pending")
                .expect("ACK")
                .expect("INVITE")
                .answer()
                .untilBye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
        }
    }
}
