package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.calls.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void aCallIsPlacedAndLookedAt() throws Exception {
        var fakes = new Fakes();
        String key = fakes.keys.issue("a", Scope.CALL);
        try (var server = HttpServer.start(HttpSettings.USUAL.at("127.0.0.1", 0), fakes.services());
                var client = HttpClient.newHttpClient()) {
            var base = URI.create("http://127.0.0.1:" + server.port());
            var post = HttpRequest.newBuilder(base.resolve("/api/v1/calls"))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"to\":\"+15551234567\",\"say\":\"Hello\"}"))
                    .build();
            var posted = client.send(post, HttpResponse.BodyHandlers.ofString());
            System.out.println(posted.headers() + posted.body());
            assertThat(posted.statusCode()).isEqualTo(201);
            for (String path : new String[] {"/api/v1/calls", "/nowhere", "/api/v1/calls/1/play"}) {
                var got = client.send(
                        HttpRequest.newBuilder(base.resolve(path))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                System.out.println(got.statusCode() + " " + got.headers().map() + got.body());
            }
        }
    }
}
