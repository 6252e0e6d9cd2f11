package dev.outdial.server.facade.voipbin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.probe.SpokenTones;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A server that is asked as VoIPBin is: a customer who is logged in and has numbers. Quotes in its JSON may be single ones. */
final class VoipbinBench implements AutoCloseable {
    static final String NAME = "ann@example.com";
    static final String PASSWORD = "p-7f3kq0";
    /** A number of the customer's. */
    static final String OURS = "+15551234567";

    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    final FacadeBench bench;
    final String token;

    private VoipbinBench(FacadeBench bench, String token) {
        this.bench = bench;
        this.token = token;
    }

    /** @param settings of the environment, by turns with their values */
    static VoipbinBench open(Path folder, DialPlan callees, String... settings) throws Exception {
        var all = new ArrayList<>(List.of("OUTDIAL_FACADES_VOIPBIN_CREDENTIALS", NAME + ":" + PASSWORD));
        all.addAll(Arrays.asList(settings));
        var bench = new FacadeBench(folder, callees, all.toArray(String[]::new));
        HttpResponse<String> login =
                bench.send("POST", "/auth/login", json("{'username':'" + NAME + "','password':'" + PASSWORD + "'}"));
        assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
        var opened =
                new VoipbinBench(bench, FacadeBench.json(login).path("token").asText());
        assertThat(opened.send("POST", "/numbers", "{'number':'" + OURS + "'}").statusCode())
                .isIn(200, 409);
        return opened;
    }

    /** Makes a number the customer's. */
    JsonNode own(String number) throws Exception {
        return post("/numbers", "{'number':'" + number + "'}");
    }

    static String json(String text) {
        return text.contains("\"") ? text : text.replace('\'', '"');
    }

    static Persona persona(Step... steps) {
        return Persona.of("as the test says", steps);
    }

    /** Answers and stays. */
    static Persona answers() {
        return persona(new Step.Answer());
    }

    static Step pause(long millis) {
        return new Step.Wait(Duration.ofMillis(millis));
    }

    static Step tone(int hertz, long millis) {
        return new Step.SayTone(hertz, Duration.ofMillis(millis));
    }

    /** @param path below /v1.0 */
    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = "Bearer " + token;
        return bench.send(method, "/v1.0" + path, json(body), all);
    }

    JsonNode post(String path, String body, String... headers) throws Exception {
        return ok(send("POST", path, body, headers));
    }

    JsonNode get(String path) throws Exception {
        return ok(send("GET", path, ""));
    }

    private static JsonNode ok(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FacadeBench.json(answer);
    }

    /** Asserts that it is refused so. */
    void refused(HttpResponse<String> answer, int status, String reason) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = FacadeBench.json(answer).path("error");
        assertThat(error.path("reason").asText()).isEqualTo(reason);
        assertThat(error.path("request_id").asText()).startsWith("req_");
        assertThat(error.path("message").asText()).isNotEmpty();
    }

    static String body(String number, String actions, String... more) {
        return json("{'source':{'type':'tel','target':'" + OURS + "'},'destinations':[{'type':'tel','target':'" + number
                        + "'}],")
                + json("'actions':").replace('\'', '"')
                + json(actions)
                + (more.length == 0 ? "" : "," + json(String.join(",", more)))
                + "}";
    }

    /** Calls a number. @param more members of the request */
    Placed place(String number, String actions, String... more) throws Exception {
        JsonNode made = post("/calls", body(number, actions, more));
        assertThat(made).hasSize(1);
        return new Placed(this, made.get(0).path("id").asText(), number, json(actions), made.get(0));
    }

    JsonNode call(String id) throws Exception {
        return get("/calls/" + id);
    }

    /** Waits until it has a status. */
    JsonNode await(String id, String status) throws Exception {
        FacadeBench.await(status + " of " + id, () -> {
            try {
                return call(id).path("status").asText().equals(status);
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
        return call(id);
    }

    /** The latest call to a number, of the API's list; waits for it. */
    JsonNode awaitListed(String number) throws Exception {
        var found = new ArrayList<JsonNode>();
        FacadeBench.await("a call to " + number + " in the list", () -> {
            try {
                get("/calls").path("result").forEach(call -> {
                    if (call.path("destination").path("target").asText().equals(number)) found.add(call);
                });
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    /** A call that was asked for. @param made how it was answered */
    record Placed(VoipbinBench voipbin, String id, String number, String actions, JsonNode made) {
        /** The callee's notes, when it is over there. */
        TrunkCall heard() throws Exception {
            return voipbin.bench.awaitEndOfCallTo(number);
        }

        /** What was said to the callee, in order; the texts of the actions are known, and those. */
        List<String> phrases(String... more) throws Exception {
            return VoipbinBench.phrases(heard(), actions, more);
        }

        /** Waits for its status. */
        JsonNode await(String status) throws Exception {
            return voipbin.await(id, status);
        }

        /** As it is shown when it is over. */
        JsonNode over() throws Exception {
            return await("hangup");
        }

        JsonNode post(String verb, String body) throws Exception {
            HttpResponse<String> answer = voipbin.send("POST", "/calls/" + id + "/" + verb, body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body().isEmpty()
                    ? FacadeBench.json(voipbin.send("GET", "/calls/" + id, ""))
                    : FacadeBench.json(answer);
        }

        void delete(String verb, String body) throws Exception {
            assertThat(voipbin.send("DELETE", "/calls/" + id + "/" + verb, body).statusCode())
                    .isEqualTo(200);
        }

        /** When actions of a type began, in milliseconds, as the native API tells it. */
        List<Long> begun(String type) throws Exception {
            var times = new ArrayList<Long>();
            for (JsonNode event : voipbin.events(id)) {
                if (event.path("type").asText().equals("action.started")
                        && event.path("data").path("action").asText().equals(type)) {
                    times.add(
                            java.time.Instant.parse(event.path("time").asText()).toEpochMilli());
                }
            }
            return times;
        }

        /** Waits until an action of that type has begun. */
        void awaitAction(String type) throws Exception {
            FacadeBench.await("action " + type, () -> {
                try {
                    return !begun(type).isEmpty();
                } catch (Exception broken) {
                    throw new AssertionError(broken);
                }
            });
        }

        /** How its flow ended. */
        String flowEnd() throws Exception {
            for (JsonNode event : voipbin.events(id)) {
                if (event.path("type").asText().equals("flow.ended"))
                    return event.path("data").path("end").asText();
            }
            return "";
        }
    }

    /** What happened in a call, as the native API tells it. */
    List<JsonNode> events(String id) throws Exception {
        HttpResponse<String> answer = bench.send(
                "GET", "/api/v1/calls/" + id + "/events", "", "Authorization", "Bearer " + bench.nativeKey());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode body = FacadeBench.json(answer);
        var events = new ArrayList<JsonNode>();
        (body.isArray() ? body : body.path("items")).forEach(events::add);
        return events;
    }

    static List<String> phrases(TrunkCall call, String actions, String... more) {
        Map<String, String> texts = new HashMap<>();
        STRING.matcher(actions)
                .results()
                .map(found -> found.group(1))
                .forEach(text -> texts.put(SpokenTones.code(text.strip()), text));
        for (String text : more) texts.put(SpokenTones.code(text), text);
        return SpokenTones.spoken(call.media()
                        .orElseThrow(() -> new AssertionError(call.glance()))
                        .pcm())
                .stream()
                .map(spoken -> texts.getOrDefault(spoken.code(), "unknown words " + spoken.code()))
                .toList();
    }

    /** When each phrase began, from the first sound on. */
    static List<Long> starts(TrunkCall call) {
        return SpokenTones.spoken(call.media().orElseThrow().pcm()).stream()
                .map(SpokenTones.Spoken::startMillis)
                .toList();
    }

    static CallEnd.Kind end(TrunkCall call) {
        return call.end().orElseThrow().kind();
    }

    static long count(TrunkCall call, String line) {
        return call.glance().stream().filter(line::equals).count();
    }

    @Override
    public void close() {
        bench.close();
    }
}
