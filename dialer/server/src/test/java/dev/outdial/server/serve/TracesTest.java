package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.outdial.server.log.LogTape;
import dev.outdial.server.serve.TraceReceiver.Received;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Calls over a trunk, told as traces to a receiver of OTLP. */
@Tag("slow")
@Timeout(60)
class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final DialPlan PLAN = DialPlan.empty()
            .with(
                    "+15550100123",
                    Persona.of(
                            "presses two keys",
                            new Step.Ring(),
                            new Step.Answer(),
                            new Step.Press("47"),
                            new Step.Wait(Duration.ofMillis(300)),
                            new Step.HangUp()))
            .with("+15550100199", Persona.of("has no number", new Step.Refuse(404)));

    @TempDir
    private Path folder;

    @Test
    void aCallIsASpanWithinThatOfItsRequestAndItsInviteIsOneWithinIt() throws Exception {
        try (TraceReceiver receiver = TraceReceiver.start();
                LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(PLAN).start()) {
            String answered;
            String failed;
            try (WireBench bench = WireBench.start(
                    folder,
                    trunk.port(),
                    Map.of(
                            "OUTDIAL_TRACING_OTLP_ENDPOINT", receiver.url(),
                            "OUTDIAL_TRACING_OTLP_HEADERS", "x-token=PLANTED=1",
                            "OUTDIAL_TRACING_SERVICE_NAME", "dialer-7"))) {
                HttpResponse<String> placed = bench.send(
                        "POST",
                        "/api/v1/calls",
                        "{\"to\":\"+15550100123\"}",
                        "traceparent",
                        "00-" + TRACE + "-" + SPAN + "-01");
                assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
                answered = placed.headers().firstValue("Location").orElseThrow().replace("/api/v1/calls/", "");
                failed = bench.create("/calls", "{\"to\":\"+15550100199\"}");
                bench.await(answered, "hangup");
                bench.await(failed, "hangup");
            }

            // The server sends what waits before it ends.
            assertThat(receiver.tokens()).isNotEmpty().containsOnly("PLANTED=1");
            List<Received> spans = receiver.spans();
            assertThat(spans).hasSize(4).allSatisfy(span -> {
                assertThat(span.service()).isEqualTo("dialer-7");
                assertThat(span.endNanos()).isGreaterThanOrEqualTo(span.startNanos());
            });
            Received call = of(spans, answered);
            assertThat(call.name()).isEqualTo("outgoing call");
            assertThat(call.traceId()).isEqualTo(TRACE);
            assertThat(call.parentId()).isEqualTo(SPAN);
            assertThat(call.status()).isZero();
            assertThat(call.attributes())
                    .containsEntry("outdial.outcome", "completed")
                    .containsEntry("outdial.keys", 2L)
                    .containsEntry("outdial.trunk", "testbed")
                    .containsEntry("outdial.to", "+155***23");
            assertThat(call.events())
                    .extracting(event -> event.replaceFirst("\\{.*", ""))
                    .containsExactly("ringing", "answered", "ended");
            assertThat(spans.toString()).doesNotContain("0100123", "\"47\"", "digits", "PLANTED");
            Received invite = within(spans, call);
            assertThat(invite.name()).isEqualTo("INVITE");
            assertThat(invite.kind()).as("client").isEqualTo(3);
            assertThat(invite.attributes())
                    .containsEntry("outdial.sip.status_code", 200L)
                    .containsEntry("network.protocol.name", "sip")
                    .containsEntry(
                            "outdial.sip.call_id", trunk.calls().getFirst().callId());

            Received other = of(spans, failed);
            assertThat(other.traceId()).isNotEqualTo(TRACE);
            assertThat(other.parentId()).isEmpty();
            assertThat(other.status()).as("error").isEqualTo(2);
            assertThat(other.message()).isNotEmpty();
            assertThat(other.attributes()).containsEntry("error.type", "failed");
            assertThat(within(spans, other).attributes())
                    .containsEntry("outdial.sip.status_code", 404L)
                    .containsEntry("error.type", "404");
        }
    }

    @Test
    void aReceiverThatIsAwayCostsNoCallAndIsTold() throws Exception {
        LogTape tape = LogTape.of((Logger) LoggerFactory.getLogger("dev.outdial.server.otel"));
        try (LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();
                WireBench bench = WireBench.start(
                        folder,
                        trunk.port(),
                        Map.of("OUTDIAL_TRACING_OTLP_ENDPOINT", "http://127.0.0.1:9/v1/traces"))) {
            String call = bench.create("/calls", "{\"to\":\"+15550100123\"}");
            assertThat(bench.await(call, "hangup").path("outcome").asText()).isEqualTo("completed");
            // The library tries for some seconds before it gives up.
            long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
            while (!tape.text().contains("traces: Failed to export spans")) {
                assertThat(System.nanoTime() - until).as("a word of it").isNegative();
                Thread.sleep(50); // the library, which tells nobody else
            }
        } finally {
            tape.stop();
        }
    }

    private static Received of(List<Received> spans, String call) {
        return spans.stream()
                .filter(span -> call.equals(span.attributes().get("outdial.call.id")))
                .findFirst()
                .orElseThrow();
    }

    private static Received within(List<Received> spans, Received outer) {
        List<Received> inner = spans.stream()
                .filter(span -> span.parentId().equals(outer.spanId()))
                .toList();
        assertThat(inner).hasSize(1);
        assertThat(inner.getFirst().traceId()).isEqualTo(outer.traceId());
        return inner.getFirst();
    }
}
