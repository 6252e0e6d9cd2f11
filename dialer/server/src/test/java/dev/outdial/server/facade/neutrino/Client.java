package dev.outdial.server.facade.neutrino;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Somebody who asks for playbacks, under a user name of its own, and so with limits of its own. @param user one of {@link #USERS} */
record Client(FacadeBench bench, String user) {
    /** The environment's name for credentials. */
    static final String CREDENTIALS = "OUTDIAL_FACADES_NEUTRINO_CREDENTIALS";

    /** User names u0 to u39. */
    static String credentials() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) all.add("u" + i + ":key-of-u" + i);
        return String.join(",", all);
    }

    String key() {
        return "key-of-" + user;
    }

    /** Asks by a form, names by turns with values, with the two headers. */
    HttpResponse<String> post(String... parameters) throws Exception {
        return bench.send(
                "POST",
                "/phone-playback",
                form(parameters),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "User-ID",
                user,
                "API-Key",
                key());
    }

    static String form(String... parameters) {
        var form = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            if (i > 0) form.append('&');
            form.append(parameters[i]).append('=').append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /** Asks, and expects that a call is placed. */
    void call(String... parameters) throws Exception {
        var answer = post(parameters);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(FacadeBench.json(answer)).isEqualTo(FacadeBench.json("{\"calling\":true,\"number-valid\":true}"));
    }

    /** Asks, and expects that nobody is called. */
    JsonNode refused(int code, String... parameters) throws Exception {
        return refused(400, code, post(parameters));
    }

    static JsonNode refused(int status, int code, HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode body = FacadeBench.json(answer);
        assertThat(body.path("api-error").asInt()).as(answer.body()).isEqualTo(code);
        assertThat(body.path("api-error-msg").asText()).isNotEmpty();
        return body;
    }

    /** Waits until so many calls to that number are over, as the server knows them. */
    List<JsonNode> awaitOver(String number, int count) throws Exception {
        var over = new ArrayList<JsonNode>();
        FacadeBench.await(count + " calls to " + number + " over", () -> {
            over.clear();
            calls(number).forEach(call -> {
                if (call.path("status").asText().equals("hangup")) over.add(call);
            });
            return over.size() >= count;
        });
        return over;
    }

    private JsonNode calls(String number) {
        return get("/api/v1/calls?to=" + URLEncoder.encode(number, StandardCharsets.UTF_8))
                .path("items");
    }

    /** Asks the native API. */
    JsonNode get(String path) {
        try {
            var answer = bench.send("GET", path, "", "Authorization", "Bearer " + bench.nativeKey());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return FacadeBench.json(answer);
        } catch (Exception broken) {
            throw new AssertionError(path, broken);
        }
    }
}
