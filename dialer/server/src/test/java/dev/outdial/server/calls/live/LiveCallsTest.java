package dev.outdial.server.calls.live;

import static dev.outdial.server.calls.live.LiveBench.ME;
import static dev.outdial.server.calls.live.LiveBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are accepted, dialled, told of and ended, over the loopback trunk. */
@Timeout(40)
class LiveCallsTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2000", Persona.of("answers", new Step.Answer()))
            .with(
                    "2001",
                    Persona.of(
                            "answers and presses 7",
                            new Step.Ring(),
                            new Step.Answer(),
                            new Step.Wait(Duration.ofMillis(300)),
                            new Step.Press("7")))
            .with(
                    "2002",
                    Persona.of(
                            "answers and hangs up", new Step.Answer(), new Step.Wait(Duration.ofMillis(300)), new Step.HangUp()));

    @TempDir
    private Path folder = Path.of("");

    private LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();
    private LiveBench bench = LiveBench.on(folderOfNobody(), trunk.port());

    private static Path folderOfNobody() {
        return Path.of(System.getProperty("java.io.tmpdir"), "outdial-live-" + System.nanoTime());
    }

    @BeforeEach
    void open() {
        close();
        trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();
        bench = LiveBench.on(folder, trunk.port());
    }

    @AfterEach
    void close() {
        bench.close();
        trunk.close();
    }

    @Test
    void aCallIsStoredDialledToldOfAndEnds() {
        CallRecord accepted = bench.create(to("2001", new CallPlan.InlineFlow("""
                [{"id":"key","type":"digits_receive","option":{"duration":5000,"length":1}},
                 {"id":"tone","type":"beep"}]""")));
        assertThat(accepted.status()).isEqualTo(CallStatus.QUEUED);

        CallRecord over = bench.await(accepted.id(), CallStatus.HANGUP);

        assertThat(over.outcome()).isEqualTo("completed");
        assertThat(over.hangupBy()).isEqualTo("local");
        assertThat(over.hangupReason()).isEqualTo("normal");
        assertThat(over.cause()).isEqualTo("NORMAL_CLEARING");
        assertThat(over.q850()).hasValue(16);
        assertThat(over.codec()).isEqualTo("PCMU");
        assertThat(over.attempts()).isEqualTo(1);
        assertThat(over.digitsAll()).isEqualTo("7");
        assertThat(over.rtp()).contains("\"sent\"");
        assertThat(over.invited()).isPresent();
        assertThat(over.answered()).isPresent();
        assertThat(trunk.calls()).singleElement().satisfies(call -> assertThat(call.callId())
                .isEqualTo(over.sipCallId()));
        assertThat(bench.types(over.id()))
                .startsWith("call.created", "call.dialing", "call.ringing", "call.answered")
                .containsSubsequence("flow.started", "action.started", "action.started", "flow.ended", "call.ended")
                .contains("dtmf.received")
                .endsWith("call.ended");
    }
}
