package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a trunk may say between our INVITE and its final response, reliably or not. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SippProgressTest {
    @TempDir
    Path folder;

    @Test
    void aCallThatIsForwardedSpeaksEarlyInChangingCodecsAndRingsIsOneCall() {
        var script = SippScript.called()
                .reply("100 Trying")
                .reply("181 Call Is Being Forwarded")
                .reply("183 Session Progress", SippBody.sdpOfPcma(1))
                .pause(200)
                .reply("180 Ringing")
                .reply("183 Session Progress", SippBody.sdp(2))
                .pause(200)
                .reply("200 OK", SippBody.sdp(2))
                .expect("ACK")
                .untilBye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("codec")).isEqualToIgnoringCase("PCMU");
            assertThat(result.errors())
                    .as(result.toString())
                    .anyMatch(line -> line.contains("ringing (181)"))
                    .anyMatch(line -> line.contains("early media (183)"));
            assertThat(result.json().path("ringMillis").asLong()).isGreaterThanOrEqualTo(350);
        }
    }

    @Test
    void ofTwoPhonesThatRingAndPickUpOneIsTalkedToAndTheOtherIsHungUpOn() {
        var script = SippScript.called()
                .as("left")
                .reply("180 Ringing")
                .as("right")
                .reply("183 Session Progress", SippBody.sdp())
                .reply("200 OK", SippBody.sdp())
                // Sipp does not say both in one breath: at times the first one's ACK came between them.
                .expect("ACK", "To: .*right")
                .as("left")
                .replyTo("INVITE", "200 OK", SippBody.sdp())
                .expect("ACK", "To: .*left")
                .expect("BYE", "To: .*left")
                .reply("200 OK")
                .expect("BYE", "To: .*right")
                .reply("200 OK");
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "1s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.errors().stream().filter(line -> line.contains("answered")))
                    .as(result.toString())
                    .hasSize(1);
        }
    }

    @Test
    void reliableProvisionalResponsesAreEachAcknowledgedEvenWhereThatIsChallenged() {
        var script = SippScript.called("Supported: .*100rel")
                .reply("183 Session Progress", SippBody.sdp(), "Require: 100rel", "RSeq: 1001")
                .expect("PRACK", "RAck: 1001 [0-9]+ INVITE")
                .reply("200 OK")
                .pause(200)
                .replyTo("INVITE", "180 Ringing", "Require: 100rel", "RSeq: 1002")
                .expect("PRACK", "RAck: 1002 [0-9]+ INVITE", "!Authorization")
                .reply(
                        "401 Unauthorized",
                        "WWW-Authenticate: Digest realm=\"outdial.test\", nonce=\"once\", algorithm=MD5, qop=\"auth\"")
                .expect("PRACK", "RAck: 1002 [0-9]+ INVITE", "Authorization: .*once")
                .reply("200 OK")
                .pause(200)
                // RFC 3262 section 5: the answer was given reliably, so that the 2xx need not repeat it.
                .replyTo("INVITE", "200 OK")
                .expect("ACK")
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
            assertThat(result.text("codec")).isEqualToIgnoringCase("PCMU");
            assertThat(result.json().path("rtp").path("sent").asLong()).isPositive();
        }
    }

    @Test
    void aCancelWaitsForTheFirstProvisionalResponse() {
        var script = SippScript.called()
                .pause(2_000)
                .reply("100 Trying")
                .expect("CANCEL")
                .reply("200 OK")
                .replyTo("INVITE", "487 Request Terminated")
                .expect("ACK");
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--ring-timeout", "1s")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.exitStatus()).as(result.toString()).isEqualTo(11);
            assertThat(result.text("outcome")).isEqualTo("no-answer");
        }
    }
}
