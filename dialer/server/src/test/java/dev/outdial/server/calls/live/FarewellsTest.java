package dev.outdial.server.calls.live;

import static dev.outdial.server.calls.live.LiveBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was in a call when the process died is told at the next start that it is over. */
@Timeout(90)
class FarewellsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theFarEndOfACallThatWasUpIsToldAfterTheRestartAndNobodyIsCalledAgain() {
        DialPlan plan = DialPlan.standard().with("2000", Persona.of("answers", new Step.Answer()));
        try (LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(plan).start()) {
            LiveBench died = LiveBench.on(folder, trunk.port());
            CallRecord call;
            try {
                CallRecord accepted = died.create(to("2000", new CallPlan.Park()));
                call = died.await(accepted.id(), CallStatus.PROGRESSING);
                String node = died.lease.held().node();
                List<?> held = LiveBench.await(
                        () -> died.store.read(tables -> tables.dialogs().of(node, 9)), rows -> !rows.isEmpty());
                assertThat(held).hasSize(1);
                died.leaveCallsBehind();
                assertThat(trunk.call(call.sipCallId()).orElseThrow().end()).isEmpty();

                try (LiveBench next = LiveBench.on(folder, trunk.port())) {
                    TrunkCall over = trunk.awaitEnd(call.sipCallId(), Duration.ofSeconds(10))
                            .orElseThrow();
                    assertThat(over.end()).hasValue(new CallEnd(CallEnd.Kind.CALLER_HUNG_UP, 200));
                    assertThat(branches(over, "INVITE")).hasSize(1);
                    assertThat(branches(over, "BYE")).hasSize(1);
                    assertThat(trunk.calls()).hasSize(1);
                    assertThat(next.get(call.id()).outcome()).isEqualTo("unknown");
                    String mine = next.lease.held().node();
                    LiveBench.await(
                            () -> next.store.read(tables -> tables.dialogs().of(mine, 9)), List::isEmpty);
                }
            } finally {
                died.dialer.close();
            }
        }
    }

    /** Those of requests that are not repetitions. */
    private static Set<String> branches(TrunkCall call, String method) {
        return call.messages().stream()
                .filter(message -> message.fromCaller() && message.message().isRequest(method))
                .map(message -> message.message().branch())
                .collect(Collectors.toSet());
    }

    @Test
    void ofACallThatIsOverNothingIsLeft() {
        DialPlan plan = DialPlan.standard()
                .with("2000", Persona.of("answers and hangs up", new Step.Answer(), new Step.HangUp()));
        try (LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(plan).start();
                LiveBench bench = LiveBench.on(folder, trunk.port())) {
            CallRecord call = bench.create(to("2000", new CallPlan.Park()));
            assertThat(bench.await(call.id(), CallStatus.HANGUP).outcome()).isEqualTo("completed");
            String mine = bench.lease.held().node();
            LiveBench.await(() -> bench.store.read(tables -> tables.dialogs().of(mine, 9)), List::isEmpty);
        }
    }
}
