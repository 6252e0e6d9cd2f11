package dev.outdial.server.facade.neutrino;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.server.serve.MovableClock;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.web.WebAnswers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cases that need a server of their own: another clock, another trunk, other settings. */
@Tag("slow")
@Timeout(120)
class SettingsTest {
    private static final DialPlan ANSWERING = DialPlan.standard().otherwise(Persona.of("answers", new Step.Answer()));
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static String sound(FacadeBench bench) {
        bench.web.on("/short.wav", WebAnswers.content("audio/wav", Tones.wav(300)));
        return bench.web.uri("/short.wav").toString();
    }

    @Test
    @DisplayName("N12: a day later the number may be called again; not where it is remembered for two")
    void n12() throws Exception {
        var clock = new MovableClock();
        try (var bench = new FacadeBench(folder, ANSWERING, clock, Client.CREDENTIALS, Client.credentials())) {
            String url = sound(bench);
            var client = new Client(bench, "u12");
            String[] daily = {"number", "+15550400012", "audio-url", url, "limit", "1"};
            String[] twoDays = {"number", "+15550400013", "audio-url", url, "limit", "1", "limit-ttl", "2"};
            for (String[] wish : List.of(daily, twoDays)) {
                client.call(wish);
                List<JsonNode> unused = client.awaitOver(wish[1], 1);
                JsonNode alsoUnused = client.refused(14, wish);
            }

            clock.advance(DAY);
            client.call(daily);
            List<JsonNode> unused = client.awaitOver(daily[1], 2);
            JsonNode alsoUnused = client.refused(14, twoDays);
            JsonNode againUnused = client.refused(14, daily);

            clock.advance(DAY);
            client.call(twoDays);
            assertThat(bench.callsTo(daily[1])).hasSize(2);
            assertThat(client.awaitOver(twoDays[1], 2)).hasSize(2);
        }
    }

    @Test
    @DisplayName("N19: where all channels of the trunk are busy, the next number is error 11")
    void n19() throws Exception {
        DialPlan ringing = DialPlan.empty().otherwise(Persona.of("rings on", new Step.Ring()));
        try (var carrier = LoopbackTrunk.builder().dialPlan(ringing).start()) {
            Path unused = Files.writeString(
                    folder.resolve(FacadeBench.SETTINGS),
                    "trunks:\n  - name: carrier\n    host: 127.0.0.1\n    port: " + carrier.port()
                            + "\n    username: me\n    register: false\n    max_channels: 1\n");
            try (var bench = new FacadeBench(
                    folder, ANSWERING, Client.CREDENTIALS, Client.credentials(), "OUTDIAL_LOOPBACK_TRUNK", "false")) {
                String url = sound(bench);
                var client = new Client(bench, "u19");
                // Two at once: the channel is one call's.
                List<HttpResponse<String>> both;
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    both = List.of("+15550400191", "+15550400192").stream()
                            .map(number -> CompletableFuture.supplyAsync(() -> asked(client, number, url), threads))
                            .toList()
                            .stream()
                            .map(CompletableFuture::join)
                            .toList();
                }
                assertThat(both).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 400);
                FacadeBench.await("the call", () -> !carrier.calls().isEmpty());

                JsonNode body = client.refused(11, "number", "+15550400193", "audio-url", url);

                assertThat(body.path("api-error-msg").asText()).isNotEmpty();
                assertThat(carrier.calls()).hasSize(1);
            }
        }
    }

    private static HttpResponse<String> asked(Client client, String number, String url) {
        try {
            return client.post("number", number, "audio-url", url);
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    @DisplayName("E15: a sound at a private address is not fetched and error 12")
    void e15() throws Exception {
        try (var bench = new FacadeBench(
                folder,
                ANSWERING,
                Client.CREDENTIALS,
                Client.credentials(),
                "OUTDIAL_SOUND_PRIVATE_ADDRESSES",
                "false")) {
            String url = sound(bench);

            JsonNode unused = new Client(bench, "u15").refused(12, "number", "+15550400015", "audio-url", url);

            assertThat(bench.web.connectionCount()).isZero();
            assertThat(bench.trunk().calls()).isEmpty();
        }
    }

    @Test
    @DisplayName("A number that the guard or its owner forbids is valid and not called, and not counted")
    void forbidden() throws Exception {
        try (var bench = new FacadeBench(
                folder, ANSWERING, Client.CREDENTIALS, Client.credentials(), "OUTDIAL_GUARD_DENY", "+155504099")) {
            String url = sound(bench);
            var asked = bench.send(
                    "POST",
                    "/api/v1/donotcall",
                    "{\"number\":\"+15550400099\"}",
                    "Content-Type",
                    "application/json",
                    "Authorization",
                    "Bearer " + bench.nativeKey());
            assertThat(asked.statusCode()).as(asked.body()).isBetween(200, 201);
            var client = new Client(bench, "u9");

            for (String number : List.of("+15550409912", "+15550400099", "+15550400099")) {
                var answer = client.post("number", number, "audio-url", url, "limit", "1");
                assertThat(FacadeBench.json(answer))
                        .isEqualTo(FacadeBench.json("{\"calling\":false,\"number-valid\":true}"));
            }

            assertThat(client.get("/api/v1/calls").path("items")).isEmpty();
        }
    }

    @Test
    @DisplayName("An account that is not verified is error 7, one without telephony error 8")
    void flags() throws Exception {
        try (var bench = new FacadeBench(folder, ANSWERING, Client.CREDENTIALS, Client.credentials())) {
            String[] wish = {"number", "+15550400007", "audio-url", sound(bench)};
            var client = new Client(bench, "u7");

            change(bench, false, true);
            JsonNode unused = client.refused(7, wish);
            change(bench, true, false);
            JsonNode alsoUnused = client.refused(8, wish);
            change(bench, true, true);
            client.call(wish);

            assertThat(client.awaitOver(wish[1], 1)).hasSize(1);
        }
    }

    private static void change(FacadeBench bench, boolean verified, boolean telephony) throws Exception {
        var changed = bench.send(
                "PUT",
                "/api/v1/accounts/" + AccountRecord.FIRST,
                "{\"name\":\"first\",\"enabled\":true,\"verified\":" + verified + ",\"telephony\":" + telephony + "}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + bench.nativeKey());
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    }
}
