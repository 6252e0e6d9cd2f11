package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Calls that are changed while they are up, by the far end and by us. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SippChangeTest {
    private static final String NO_HOLD = "!a=(sendonly|recvonly|inactive)";

    @TempDir
    Path folder;

    @Test
    void theFarEndHoldsInEveryWayThereIsAndResumes() {
        var script = SippScript.called()
                .answer()
                .pause(300)
                .request("INVITE", SippBody.sdp(2, "a=sendonly"))
                .maybe(100)
                .expect(200, "a=recvonly")
                .acknowledge()
                .pause(300)
                .request("INVITE", SippBody.sdp(3, "a=sendrecv"))
                .maybe(100)
                .expect(200, NO_HOLD)
                .acknowledge()
                .request("INVITE", SippBody.sdp(4, "a=inactive"))
                .maybe(100)
                .expect(200, "a=inactive")
                .acknowledge()
                .request("INVITE", SippBody.sdp(5))
                .maybe(100)
                .expect(200, NO_HOLD)
                .acknowledge()
                .request("INVITE", SippBody.sdpToNowhere(6))
                .maybe(100)
                .expect(200, "m=audio [1-9]")
                .acknowledge()
                .pause(300)
                .request("UPDATE", SippBody.sdp(7))
                .expect(200, NO_HOLD, "m=audio [1-9]")
                .pause(300)
                .bye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "20s")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
            assertThat(result.errors().stream().filter(line -> line.contains("hold")))
                    .as(result.toString())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("put us on hold"),
                            line -> assertThat(line).contains("took us off hold"),
                            line -> assertThat(line).contains("put us on hold"),
                            line -> assertThat(line).contains("took us off hold"),
                            line -> assertThat(line).contains("put us on hold"),
                            line -> assertThat(line).contains("took us off hold"));
        }
    }

    @Test
    void theFarEndChangesTheCodecAndAsksForOurOfferAndWhatCannotBeIsRefusedWithoutHarm() {
        var script = SippScript.called()
                .answer()
                .pause(300)
                .request("INVITE", SippBody.sdpOfPcma(2))
                .maybe(100)
                .expect(200, "m=audio [0-9]+ RTP/AVP 8 101", "Contact: ")
                .acknowledge()
                .pause(300)
                .request("UPDATE")
                .expect(200, "Contact: ", "!m=audio")
                .request(
                        "INVITE",
                        new SippBody(
                                "application/sdp",
                                SippBody.sdp(3)
                                        .text()
                                        .replace("PCMU", "G729")
                                        .replace("AVP 0", "AVP 18")
                                        .replace("rtpmap:0", "rtpmap:18")))
                .maybe(100)
                .expect(488)
                .acknowledgeRefusal()
                .pause(300)
                .request("INVITE")
                .maybe(100)
                .expect(200, "m=audio [0-9]+ RTP/AVP .*101", "a=rtpmap:0 PCMU")
                .acknowledge(SippBody.sdp(4))
                .pause(500)
                .bye();
        try (var sipp = Sipp.callee(folder, script);
                var capture = Capture.start(folder, sipp.mediaPort(), Sipp.MEDIA_PORTS, sipp.sipPort());
                var outdial = LocalOutdial.call(sipp.uri(), "--hold", "20s")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();
            capture.stop();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            var formats = Media.to(capture, sipp.mediaPort(), Sipp.MEDIA_PORTS).packets().stream()
                    .map(packet -> packet.content().payloadType())
                    .toList();
            // In three pieces: as it was answered, as it was changed (and stayed after the refusal), as it was asked
            // for.
            assertThat(formats)
                    .as(capture.toString())
                    .isNotEmpty()
                    .startsWith(0)
                    .endsWith(0);
            var middle = formats.subList(formats.indexOf(8), formats.lastIndexOf(8) + 1);
            assertThat(middle).hasSizeGreaterThan(20).containsOnly(8);
        }
    }

    @Test
    void weHoldAndResumeAndGiveWayWhereBothChangeAtOnce() {
        var script = SippScript.called()
                .answer()
                .expect("INVITE", "a=(sendonly|inactive)")
                // RFC 3261 14.1 and 14.2: both refuse what the other one asked for, and wait.
                .request("INVITE", SippBody.sdp(2))
                .maybe(100)
                .expect(491)
                .acknowledgeRefusal()
                .replyTo("INVITE", "491 Request Pending")
                .expect("ACK")
                .expect("INVITE", "a=(sendonly|inactive)")
                .reply("200 OK", SippBody.sdp(2, "a=recvonly"))
                .expect("ACK")
                .expect("INVITE", NO_HOLD)
                .reply("100 Trying")
                .reply("200 OK", SippBody.sdp(3))
                .expect("ACK")
                .untilBye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--park", "500ms", "--hold", "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.errors())
                    .as(result.toString())
                    .anyMatch(line -> line.contains("the far end is on hold"))
                    .anyMatch(line -> line.contains("the far end is off hold"));
        }
    }

    @Test
    void aHoldThatIsRefusedLeavesTheCallAsItWas() {
        var script = SippScript.called()
                .answer()
                .expect("INVITE", "a=(sendonly|inactive)")
                .reply("488 Not Acceptable Here")
                .expect("ACK")
                .untilBye();
        try (var sipp = Sipp.callee(folder, script);
                var outdial = LocalOutdial.call(sipp.uri(), "--park", "500ms", "--hold", "300ms")) {
            var result = outdial.awaitResult();
            sipp.awaitScenario(outdial);

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.errors()).as(result.toString()).anyMatch(line -> line.contains("488"));
        }
    }
}
