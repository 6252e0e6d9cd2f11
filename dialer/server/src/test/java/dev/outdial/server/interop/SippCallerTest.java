package dev.outdial.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to us: a sipp is the trunk that brings them, or a stranger. */
@Tag("interop")
@Execution(ExecutionMode.CONCURRENT)
class SippCallerTest {
    @TempDir
    Path folder;

    private final int port = Ports.single();
    private final int trunkPort = Ports.single();

    @Test
    void anOfferAndALateOfferAreAnsweredAndALostAcknowledgementIsWaitedFor() {
        var offer = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .expect(180, "To: .*tag=", "Contact: ")
                .expect(200, "m=audio [0-9]+ RTP/AVP 0 ", "Contact: ", "Allow: ", "Supported: ")
                .acknowledge()
                .untilBye();
        var lateOffer = SippScript.calling("INVITE")
                .maybe(100)
                .expect(180)
                .expect(200, "m=audio [0-9]+ RTP/AVP 0 8 101")
                .acknowledge(SippBody.sdpOfPcma(1))
                .untilBye();
        var lost = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .expect(180)
                // At 0.5 and 1.5 seconds again (RFC 3261 13.3.1.4).
                .expect(200)
                .expect(200)
                .expect(200)
                .acknowledge()
                .untilBye();
        try (var outdial =
                LocalOutdial.answer(port, trunkPort, "--ring-for", "200ms", "--hold", "500ms", "--calls", "3")) {
            try (var sipp = Sipp.caller(folder, offer, "outdial", port, trunkPort)) {
                sipp.awaitScenario(outdial);
            }
            try (var sipp = Sipp.caller(folder, lateOffer, "outdial", port, trunkPort)) {
                sipp.awaitScenario(outdial);
            }
            // -nr: sipp would take each repeated 200 for a reason to repeat its INVITE.
            try (var sipp = Sipp.caller(folder, lost, "outdial", port, trunkPort, "-nr")) {
                sipp.awaitScenario(outdial);
            }
            var results = outdial.awaitResults();

            assertThat(results)
                    .as(outdial.toString())
                    .hasSize(3)
                    .allSatisfy(result -> assertThat(result.text("outcome")).isEqualTo("completed"));
            assertThat(results.stream().map(result -> result.text("codec"))).containsExactly("PCMU", "PCMA", "PCMU");
        }
    }

    @Test
    void aCallThatComesTwiceByOneWayAndOnceByAnotherIsOneCall() {
        var script = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .expect(180)
                .again()
                .expect(180)
                .againByAnotherWay()
                .maybe(100)
                .maybe(180)
                .expect(482)
                .acknowledgeRefusal()
                .byTheFirstWay()
                .maybe(180)
                .expect(200)
                .acknowledge()
                .untilBye();
        try (var outdial = LocalOutdial.answer(port, trunkPort, "--ring-for", "1s", "--hold", "300ms", "--calls", "1");
                var sipp = Sipp.caller(folder, script, "outdial", port, trunkPort, "-nr")) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
        }
    }

    @Test
    void whoDemandsReliableResponsesGetsThem() {
        var script = SippScript.calling("INVITE", SippBody.sdp(), "Require: 100rel", "Supported: 100rel")
                .maybe(100)
                .expect(180, "Require: .*100rel", "RSeq: [1-9]")
                .prack()
                .expect(200)
                .expect(200, "CSeq: 1 INVITE")
                .acknowledge()
                .untilBye();
        try (var outdial =
                        LocalOutdial.answer(port, trunkPort, "--ring-for", "500ms", "--hold", "300ms", "--calls", "1");
                var sipp = Sipp.caller(folder, script, "outdial", port, trunkPort)) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
        }
    }

    @Test
    void aCallerThatGivesUpIsLetGo() {
        var script = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .expect(180)
                .pause(200)
                .cancel()
                .expect(200, "CSeq: 1 CANCEL")
                .expect(487)
                .acknowledgeRefusal();
        try (var outdial = LocalOutdial.answer(port, trunkPort, "--ring-for", "2s", "--hold", "20s", "--calls", "1");
                var sipp = Sipp.caller(folder, script, "outdial", port, trunkPort)) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("canceled");
            assertThat(result.text("endedBy")).isEqualTo("remote");
            assertThat(result.json().path("answered").asBoolean()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {486, 603})
    void aCallIsDeclinedWithAnyStatus(int status) {
        var script = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .expect(status)
                .acknowledgeRefusal();
        try (var outdial = LocalOutdial.answer(port, trunkPort, "--decline", Integer.toString(status), "--calls", "1");
                var sipp = Sipp.caller(folder, script, "outdial", port, trunkPort)) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.json().path("answered").asBoolean()).isFalse();
            assertThat(result.text("endedBy")).as(result.toString()).isEqualTo("local");
        }
    }

    @Test
    void aCallIsSentElsewhere() {
        var script = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .expect(302, "Contact: *<sip:other@127.0.0.1:9>")
                .acknowledgeRefusal();
        try (var outdial = LocalOutdial.answer(port, trunkPort, "--redirect", "sip:other@127.0.0.1:9", "--calls", "1");
                var sipp = Sipp.caller(folder, script, "outdial", port, trunkPort)) {
            sipp.awaitScenario(outdial);
            var result = outdial.awaitResult();

            assertThat(result.json().path("answered").asBoolean())
                    .as(result.toString())
                    .isFalse();
        }
    }

    @Test
    void theTrunkIsToldWhatCannotBeAndAStrangerNothing() {
        var options = SippScript.calling("OPTIONS").expect(200, "Allow: .*INVITE");
        var demand = SippScript.calling("INVITE", SippBody.sdp(), "Require: magic")
                .maybe(100)
                .expect(420, "Unsupported: magic")
                .acknowledgeRefusal();
        var body = SippScript.calling("INVITE", new SippBody("application/x-strange", "hello"))
                .maybe(100)
                .expect(415, "Accept: .*application/sdp")
                .acknowledgeRefusal();
        var silentInvite = SippScript.calling("INVITE", SippBody.sdp()).pause(1_500);
        var silentOptions = SippScript.calling("OPTIONS").pause(1_500);
        var good = SippScript.calling("INVITE", SippBody.sdp())
                .maybe(100)
                .expect(200)
                .acknowledge()
                .bye();
        try (var outdial = LocalOutdial.answer(port, trunkPort, "--hold", "20s", "--calls", "1")) {
            try (var stranger = Sipp.caller(folder, silentInvite, "outdial", port, "127.0.0.2", Ports.single());
                    var curious = Sipp.caller(folder, silentOptions, "outdial", port, "127.0.0.2", Ports.single())) {
                for (var script : new SippScript[] {options, demand, body}) {
                    try (var sipp = Sipp.caller(folder, script, "outdial", port, trunkPort)) {
                        sipp.awaitScenario(outdial);
                    }
                }
                stranger.awaitScenario(outdial);
                curious.awaitScenario(outdial);
            }
            try (var sipp = Sipp.caller(folder, good, "outdial", port, trunkPort)) {
                sipp.awaitScenario(outdial);
            }
            var result = outdial.awaitResult();

            assertThat(result.text("outcome")).as(result.toString()).isEqualTo("completed");
            assertThat(result.text("endedBy")).isEqualTo("remote");
            assertThat(result.errors().stream().filter(line -> line.contains("a call from")))
                    .hasSize(1);
        }
    }
}
