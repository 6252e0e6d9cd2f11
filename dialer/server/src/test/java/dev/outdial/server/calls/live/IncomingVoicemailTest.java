package dev.outdial.server.calls.live;

import static dev.outdial.server.calls.live.LiveBench.ME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.RecordingRecord;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.testbed.web.WebAnswers;
import dev.outdial.testbed.web.WebServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls to our numbers. */
@Timeout(40)
class IncomingVoicemailTest {
    private static final Path EXAMPLE =
            Path.of("../../examples/voicemail.json"); // the tests of a module run in its folder
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder = Path.of("");

    private final int here = freePort();
    private final Dialer caller =
            Dialer.start(DialerConfig.of().on("127.0.0.1", 0).withRtpPorts(43000, 43099));
    private final WebServer web = WebServer.open().on("/voicemail", WebAnswers.status(200));
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private Optional<LiveBench> opened = Optional.empty();

    private static int freePort() {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException(none);
        }
    }

    @AfterEach
    void close() {
        caller.close();
        opened.ifPresent(LiveBench::close);
        web.close();
    }

    /** The trunk's address is this machine's: the caller may call from any port of it. */
    private LiveBench open() {
        LiveBench bench = LiveBench.on(
                folder,
                freePort(),
                here,
                settings -> settings.withHttp(FetchOptions.DEFAULT.fromAnywhere())
                        .withDeliveries((tables, event, call) -> told.add(event.type())));
        opened = Optional.of(bench);
        return bench;
    }

    private CallOutcome call(String number) throws InterruptedException {
        return caller.dial(DialRequest.direct("sip:" + number + "@127.0.0.1:" + here)
                        .ringingFor(Duration.ofSeconds(5)))
                .awaitEnd();
    }

    private static void number(LiveBench bench, String e164, String flowId) {
        ObjectNode body = MAPPER.createObjectNode().put("flow_id", flowId);
        boolean isNew = bench.store.durably(tables -> tables.numbers()
                .insert(new StoredDocument(
                        "number-" + e164, ME, e164, "", "", body.toString(), Instant.now(), Instant.now())));
        assertThat(isNew).isTrue();
    }

    @Test
    void aNumberThatIsNotOursIsNotFoundAndOneWithoutAFlowIsNotThere() throws Exception {
        LiveBench bench = open();
        number(bench, "+15551230001", "");

        assertThat(call("+15551239999").sipCode()).hasValue(404);
        assertThat(call("+15551230001").sipCode()).hasValue(480);
    }

    @Test
    void theVoicemailOfTheExamplesTakesAMessage() throws Exception {
        LiveBench bench = open();
        ObjectNode flow = (ObjectNode) MAPPER.readTree(Files.readString(EXAMPLE)
                .replace("https://example.com/voicemail", web.uri("/voicemail").toString()));
        bench.store.durably(tables -> tables.flows()
                .insert(new StoredDocument(
                        "voicemail", ME, "voicemail", "", "", flow.toString(), Instant.now(), Instant.now())));
        number(bench, "+15551230002", "voicemail");

        Call call = caller.dial(DialRequest.direct("sip:15551230002@127.0.0.1:" + here));
        call.awaitAnswer();
        call.sendDigits("1"); // who knows the words need not hear them
        call.tone(440, Duration.ofSeconds(1));
        call.sendDigits("#");
        CallOutcome outcome = call.awaitEnd();

        assertThat(outcome.answered()).isTrue();
        CallRecord record = bench.live
                .calls()
                .list(
                        ME,
                        new CallQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("incoming"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                10))
                .items()
                .getFirst();
        CallRecord over = bench.await(record.id(), CallStatus.HANGUP);
        assertThat(over.outcome()).isEqualTo("completed");
        assertThat(over.to().target()).isEqualTo("+15551230002");
        assertThat(over.digitsAll()).isEqualTo("1#");
        assertThat(bench.types(over.id()))
                .startsWith("call.created")
                .containsSubsequence("flow.started", "call.answered")
                .containsSubsequence("recording.started", "recording.done", "flow.ended", "call.ended");
        assertThat(told).contains("recording.done", "call.ended");
        List<RecordingRecord> recordings = bench.live
                .recordings()
                .list(ME, Optional.of(over.id()), new PageQuery(Optional.empty(), 10))
                .items();
        assertThat(recordings).singleElement().satisfies(one -> {
            assertThat(one.status()).isEqualTo("ended");
            assertThat(one.durationMillis()).isPositive();
            assertThat(over.recordingIds()).containsExactly(one.id());
        });
        var bytes = bench.live.recordings().file(ME, recordings.getFirst().id());
        try (var sound = bytes.content().openAt(0)) {
            assertThat(sound.readAllBytes())
                    .hasSize((int) bytes.byteLength())
                    .startsWith("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        assertThat(LiveBench.await(web::requests, requests -> !requests.isEmpty())
                        .getFirst()
                        .method())
                .isEqualTo("POST");
        bench.live.recordings().delete(ME, recordings.getFirst().id());
        assertThat(bench.live
                        .recordings()
                        .list(ME, Optional.empty(), new PageQuery(Optional.empty(), 10))
                        .items())
                .isEmpty();
    }
}
