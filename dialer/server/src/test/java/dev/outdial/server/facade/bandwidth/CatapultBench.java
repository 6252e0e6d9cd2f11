package dev.outdial.server.facade.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.server.serve.FacadeBench.Told;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.web.WebAnswers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A client of the API with token and secret, callees of its choice, and sounds of one tone each. */
final class CatapultBench implements AutoCloseable {
    static final String FROM = "+15550109999";
    static final String USER = "/v1/users/u-1";
    static final String AUTHORIZATION = basic("t-token:s-secret");
    /** Of the sound {@code /long.wav}, which lasts 20 s. */
    static final int LONG_HERTZ = 700;
    /** Of the sound {@code /short.wav}, which lasts a second. */
    static final int SHORT_HERTZ = 1100;

    final FacadeBench bench;

    CatapultBench(Path folder, Map<String, Persona> callees, String... settings) {
        DialPlan plan = DialPlan.standard();
        for (Map.Entry<String, Persona> callee : callees.entrySet()) {
            plan = plan.with(callee.getKey(), callee.getValue());
        }
        String[] all = Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "OUTDIAL_FACADES_BANDWIDTH_CREDENTIALS";
        all[settings.length + 1] = "t-token:s-secret";
        bench = new FacadeBench(folder, plan, all);
        bench.web.on("/long.wav", WebAnswers.content("audio/wav", tone(LONG_HERTZ, 20_000, 0.2)));
        bench.web.on("/short.wav", WebAnswers.content("audio/wav", tone(SHORT_HERTZ, 1_000, 0.2)));
        bench.web.on("/welcome.mp3", WebAnswers.content("audio/mpeg", Prompt.WELCOME_MP3.bytes()));
    }

    /** A sound of one tone. @param level of its peaks, up to 1 */
    static byte[] tone(int hertz, int millis, double level) {
        short[] pcm = new short[millis * 8];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(32_767 * level * Math.sin(2 * Math.PI * hertz * i / 8_000.0));
        }
        return WavFile.bytes(pcm);
    }

    static Persona persona(Step... steps) {
        return Persona.of("does what its case needs", steps);
    }

    static Step.Wait pause(int millis) {
        return new Step.Wait(Duration.ofMillis(millis));
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a sound is fetched from. */
    String sound(String path) {
        return bench.web.uri(path).toString();
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return bench.send(
                "POST", USER + path, json, "Authorization", AUTHORIZATION, "Content-Type", "application/json");
    }

    HttpResponse<String> get(String path) throws Exception {
        return bench.send("GET", USER + path, "", "Authorization", AUTHORIZATION);
    }

    JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FacadeBench.json(answer);
    }

    /** Posts what is answered by 200 and nothing. */
    void done(String path, String json) throws Exception {
        HttpResponse<String> answer = post(path, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    /** Posts what is refused. */
    void refused(String path, String json, int status, String code) throws Exception {
        refused(post(path, json), status, code);
    }

    static void refused(HttpResponse<String> answer, int status, String code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = FacadeBench.json(answer);
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("category").asText()).isNotEmpty();
        assertThat(error.path("message").asText()).isNotEmpty();
        assertThat(error.path("details").findValuesAsText("name"))
                .containsExactly("requestMethod", "remoteAddress", "requestPath");
    }

    /** Makes a call whose events go to the path of its number. @param more further fields of the body, as {@code "tag":"t",} */
    String call(String number, String more) throws Exception {
        return call(number, "+" + number, more);
    }

    String call(String name, String to, String more) throws Exception {
        String callback = bench.sink("/" + name, 200);
        HttpResponse<String> answer = post(
                "/calls",
                "{" + more + "\"from\":\"" + FROM + "\",\"to\":\"" + to + "\",\"callbackUrl\":\"" + callback + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).isEmpty();
        String place = answer.headers().firstValue("Location").orElseThrow();
        assertThat(place).matches(bench.url() + USER + "/calls/c-[a-z0-9]{24}");
        return place.substring(place.lastIndexOf('/') + 1);
    }

    /** The same, answered. */
    String answered(String number, String more) throws Exception {
        String id = call(number, more);
        JsonNode unused = event(number, "answer");
        return id;
    }

    /** The first event of that type that came to that number's path, as soon as one has. */
    JsonNode event(String number, String type) throws InterruptedException {
        return event(number, type, 1);
    }

    /** The event of that type with that number in their order, from 1. */
    JsonNode event(String number, String type, int count) throws InterruptedException {
        FacadeBench.await(
                count + " " + type + " of " + number + ", have " + types(number),
                () -> events(number, type).size() >= count);
        return events(number, type).get(count - 1);
    }

    List<JsonNode> events(String number, String type) {
        return bench.told("/" + number).stream()
                .map(Told::json)
                .filter(json -> json.path("eventType").asText().equals(type))
                .toList();
    }

    /** What came to that number's path, as {@code answer} or {@code playback started}, in order. */
    List<String> types(String number) {
        return bench.told("/" + number).stream()
                .map(Told::json)
                .map(json -> (json.path("eventType").asText() + " "
                                + json.path("status").asText())
                        .strip())
                .toList();
    }

    void awaitState(String id, String state) throws Exception {
        long end = System.nanoTime() + FacadeBench.SOON.toNanos();
        while (!json("/calls/" + id).path("state").asText().equals(state)) {
            assertThat(System.nanoTime()).as("waited for " + state).isLessThan(end);
            Thread.sleep(50);
        }
    }

    /** Hangs up, and what the callee heard. */
    TrunkCall over(String number, String id) throws Exception {
        done("/calls/" + id, "{\"state\":\"completed\"}");
        return ended(number);
    }

    /** What the callee heard of a call that is over, as soon as its last event came. */
    TrunkCall ended(String number) throws Exception {
        JsonNode unused = event(number, "hangup");
        return bench.awaitEndOfCallTo("+" + number);
    }

    static Map<String, Persona> callees(Object... numbersAndPersonas) {
        var callees = new TreeMap<String, Persona>();
        for (int i = 0; i < numbersAndPersonas.length; i += 2) {
            callees.put("+" + numbersAndPersonas[i], (Persona) numbersAndPersonas[i + 1]);
        }
        return callees;
    }

    @Override
    public void close() {
        bench.close();
    }
}
