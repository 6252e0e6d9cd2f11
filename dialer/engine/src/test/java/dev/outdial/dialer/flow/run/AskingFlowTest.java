package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.web.WebAnswer;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final List<String> bodies = new CopyOnWriteArrayList<>();
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

    /** Keeps the body, and answers. */
    private WebAnswer keeping(WebAnswer answer) {
        return exchange -> {
            int left = exchange.request()
                    .header("Content-Length")
                    .map(Integer::parseInt)
                    .orElse(0);
            var body = new ByteArrayOutputStream();
            var some = new byte[4096];
            while (left > 0) {
                int read = exchange.read(some);
                if (read < 0) break;
                body.write(some, 0, read);
                left -= read;
            }
            bodies.add(body.toString(StandardCharsets.UTF_8));
            answer.answer(exchange);
        };
    }

    /** V46. */
    @Test
    void fetchedActionsAreCarriedOut() throws Exception {
        String actions = """
                [{"type": "talk", "option": {"text": "fetched words"}}, {"type": "hangup"}]
                """;
        web.on("/actions", keeping(WebAnswers.content("application/json", actions.getBytes(StandardCharsets.UTF_8))));
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "fetch", "option": {"event_url": "%s", "event_method": "POST"}},
                 {"type": "talk", "option": {"text": "never said"}}]
                """.formatted(web.uri("/actions")));
        assertThat(run.notes().knowing("fetched words").phrases()).containsExactly("fetched words");
        assertThat(run.ended().end()).isEqualTo(FlowEnd.HUNG_UP);
        assertThat(web.requests().getFirst().method()).isEqualTo("POST");
        assertThat(bodies.getFirst())
                .contains("\"activeflow_id\"")
                .contains("\"reference_id\"")
                .contains(run.flowCall().call().id());
    }

    /** Rule 12: another status ends the flow. */
    @Test
    void actionsThatCannotBeFetchedEndTheFlow() throws Exception {
        web.on("/actions", keeping(WebAnswers.status(500)));
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
        web.on("/fine", keeping(WebAnswers.status(200))).on("/broken", keeping(WebAnswers.status(500)));
        FlowBench.Run run = bench.dial("1001", """
                [{"type": "webhook_send", "option": {"sync": true, "uri": "%s", "method": "POST",
                    "data_type": "application/json", "data": "{\\"called\\": \\"${voipbin.call.destination.target}\\"}"}},
                 {"type": "webhook_send", "option": {"sync": true, "uri": "%s", "method": "POST", "data": "x"}},
                 {"type": "talk", "option": {"text": "told"}}]
                """.formatted(web.uri("/fine"), web.uri("/broken")));
        assertThat(run.notes().phrases()).containsExactly("told");
        assertThat(bodies).startsWith("{\"called\": \"1001\"}");
        assertThat(web.requests().getFirst().header("Content-Type")).hasValue("application/json");
        assertThat(run.ended().end()).isEqualTo(FlowEnd.COMPLETED);
    }
}
