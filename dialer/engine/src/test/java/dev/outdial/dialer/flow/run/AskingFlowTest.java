package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Flows in calls over the wire that ask and tell others by HTTP. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class AskingFlowTest {
    private final WebServer web = WebServer.open();
    private final KeptBodies bodies = new KeptBodies();
    private FlowBench bench;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        bench = new FlowBench(folder, DialPlan.standard());
    }

    @AfterEach
    void close() {
        bench.close();
        web.close();
    }

    /** V46. */
    @Test
    void fetchedActionsAreCarriedOut() throws Exception {
        String actions = """
                [{"type": "talk", "option": {"text": "fetched words"}}, {"type": "hangup"}]
                """;
        web.on(
                "/actions",
                bodies.keeping(WebAnswers.content("application/json", actions.getBytes(StandardCharsets.UTF_8))));
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "fetch", "option": {"event_url": "%s", "event_method": "POST"}},
                 {"type": "talk", "option": {"text": "never said"}}]
                """.formatted(web.uri("/actions")));
        assertThat(run.notes().knowing("fetched words").phrases()).containsExactly("fetched words");
        assertThat(run.ended().end()).isEqualTo(FlowEnd.HUNG_UP);
        assertThat(web.requests().getFirst().method()).isEqualTo("POST");
        assertThat(bodies.all().getFirst())
                .contains("\"activeflow_id\"")
                .contains("\"reference_id\"")
                .contains(run.flowCall().call().id());
    }

    /** Rule 12: another status ends the flow. */
    @Test
    void actionsThatCannotBeFetchedEndTheFlow() throws Exception {
        web.on("/actions", bodies.keeping(WebAnswers.status(500)));
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "fetch", "option": {"event_url": "%s", "event_method": "POST"}},
                 {"type": "talk", "option": {"text": "never said"}}]
                """.formatted(web.uri("/actions")));
        assertThat(run.ended().end()).isEqualTo(FlowEnd.FAILED);
        assertThat(run.notes().phrases()).isEmpty();
    }

    /** V47. */
    @Test
    void somebodyIsToldAndTheFlowGoesOnWhateverItSays() throws Exception {
        web.on("/fine", bodies.keeping(WebAnswers.status(200))).on("/broken", bodies.keeping(WebAnswers.status(500)));
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "webhook_send", "option": {"sync": true, "uri": "%s", "method": "POST",
                    "data_type": "application/json", "data": "{\\"called\\": \\"${voipbin.call.destination.target}\\"}"}},
                 {"type": "webhook_send", "option": {"sync": true, "uri": "%s", "method": "POST", "data": "x"}},
                 {"type": "talk", "option": {"text": "told"}}]
                """.formatted(web.uri("/fine"), web.uri("/broken")));
        assertThat(run.notes().phrases()).containsExactly("told");
        assertThat(bodies.all()).startsWith("{\"called\": \"1001\"}");
        assertThat(web.requests().getFirst().header("Content-Type")).hasValue("application/json");
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
    }
}
