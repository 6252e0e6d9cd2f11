package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Requests within a call that do not change its sound. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SippInDialogTest {
    @TempDir
    Path folder;

    @Test
    void keysThatComeAsInfoAreHeardAndAllElseIsAnsweredWithoutHarm() {
        var script = SippScript.called()
                .answer()
                .request("INFO", new SippBody("application/dtmf-relay", "Signal=5\nDuration=160"))
                .expect(200)
                .request("INFO", new SippBody("application/dtmf", "9"))
                .expect(200)
                .request("INFO", new SippBody("application/dtmf-relay", "Signal=#\nDuration=100"))
                .expect(200)
                .request("INFO", new SippBody("application/x-strange", "hello"))
                .expect(415, "Accept: ")
                .request("OPTIONS")
                .expect(200, "Allow: .*INVITE", "Accept: ")
                .request("REFER", "Refer-To: <sip:thief@127.0.0.1:9>")
                .expect(603)
                .request("NOTIFY", "Event: refer", "Subscription-State: active;expires=60")
                .expect(405)
                .request("PUBLISH", "Event: presence")
                .expect(405, "Allow: .*BYE")
                .request("JUGGLE")
                .expect(501)
                .request("INFO", new SippBody("application/dtmf-relay", "Signal=1\nDuration=100"), "Require: magic")
                .expect(420, "Unsupported: magic")
                .bye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "20s")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("digits")).isEqualTo("59#");
            assertThat(result.text("endedBy")).isEqualTo("remote");
        }
    }

    @Test
    void theFarEndIsTransferredAndTellsHowItGoes() {
        var script = SippScript.called()
                .answer()
                .expect("REFER", "Refer-To: *<?sip:agent@127.0.0.1:9", "Contact: ")
                .reply("202 Accepted")
                .request(
                        "NOTIFY",
                        SippBody.progress("100 Trying"),
                        "Event: refer",
                        "Subscription-State: active;expires=60")
                .expect(200)
                .request(
                        "NOTIFY",
                        SippBody.progress("200 OK"),
                        "Event: refer",
                        "Subscription-State: terminated;reason=noresource")
                .expect(200)
                .untilBye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--transfer", "sip:agent@127.0.0.1:9", "--hold", "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.errors())
                    .as(result.toString())
                    .anyMatch(line -> line.contains("transfer: 100"))
                    .anyMatch(line -> line.contains("transfer: 200"))
                    .anyMatch(line -> line.endsWith("transferred"));
        }
    }

    @Test
    void aTransferThatIsRefusedSaysSoAndTheCallGoesOn() {
        var script = SippScript.called()
                .answer()
                .expect("REFER")
                .reply("603 Decline")
                .untilBye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--transfer", "sip:agent@127.0.0.1:9", "--hold", "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.errors())
                    .as(result.toString())
                    .anyMatch(line -> line.contains("603"))
                    .noneMatch(line -> line.endsWith("transferred"));
        }
    }

    @Test
    void aByeThatIsChallengedIsSentAgainWithTheAnswer() {
        var script = SippScript.called()
                .answer()
                .expect("BYE", "!Authorization", "Reason: *Q.850 *; *cause=16")
                .reply(
                        "401 Unauthorized",
                        "WWW-Authenticate: Digest realm=\"outdial.test\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\"",
                        "WWW-Authenticate: Digest realm=\"outdial.test\", nonce=\"n\", algorithm=MD5, qop=\"auth\"")
                .untilBye("Authorization: .*algorithm=SHA-256");
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
    void twoByesThatCrossAreBothAnswered() {
        var script = SippScript.called()
                .answer()
                .expect("BYE")
                .request("BYE")
                .expect(200)
                .replyTo("BYE", "200 OK")
                .pause(100);
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("local");
        }
    }
}
