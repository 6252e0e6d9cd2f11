package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.answers;
import static dev.outdial.server.facade.voipbin.VoipbinBench.json;
import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.facade.voipbin.VoipbinBench.Placed;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two trunks: where the first cannot place a call, the other does. */
@Tag("slow")
@Timeout(90)
class VoipbinTrunksTest {
    private static final String LONG = "[{'type':'sleep','option':{'duration':60000}}]";
    /** Numbers of a real numbering plan, for the guard of a trunk that might be real. */
    private static final String FAILS = "+12024561111";

    private static final String IS_BUSY = "+12024561414";

    private static List<TrunkCall> callsTo(LoopbackTrunk trunk, String number) {
        return trunk.calls().stream()
                .filter(call -> call.number().equals(number))
                .toList();
    }

    /** V34. */
    @Test
    void v34TheSecondTrunkIsTriedWhereTheFirstFails(@TempDir Path folder) throws Exception {
        var first = DialPlan.empty()
                .with(FAILS, persona(new Step.Refuse(503)))
                .with(IS_BUSY, persona(new Step.Refuse(486)));
        try (var second = LoopbackTrunk.builder()
                .dialPlan(DialPlan.empty().with(FAILS, answers()).with(IS_BUSY, answers()))
                .start()) {
            try (var before = VoipbinBench.open(folder, first)) {
                assertThat(before.bench
                                .send(
                                        "POST",
                                        "/api/v1/trunks",
                                        json("{'name':'second','host':'127.0.0.1','port':" + second.port()
                                                + ",'username':'alice','register':false}"),
                                        "Content-Type",
                                        "application/json",
                                        "Authorization",
                                        "Bearer " + before.bench.nativeKey())
                                .statusCode())
                        .isEqualTo(201);
            }
            // Trunks that are made count from the next start on.
            try (var voipbin = VoipbinBench.open(folder, first)) {
                Placed call = voipbin.place(FAILS, LONG);
                call.await("progressing");
                assertThat(callsTo(voipbin.bench.trunk(), FAILS)).hasSize(1);
                assertThat(callsTo(second, FAILS)).hasSize(1);
                Placed busy = voipbin.place(IS_BUSY, LONG);
                assertThat(busy.over().path("hangup_reason").asText()).isEqualTo("busy");
                assertThat(callsTo(second, IS_BUSY)).isEmpty();
                call.post("hangup", "");
                assertThat(call.over().path("hangup_reason").asText()).isEqualTo("normal");
            }
        }
    }
}
