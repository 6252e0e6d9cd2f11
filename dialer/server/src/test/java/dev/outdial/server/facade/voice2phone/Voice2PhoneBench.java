package dev.outdial.server.facade.voice2phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A server with a client whose key it knows. */
final class Voice2PhoneBench implements AutoCloseable {
    static final String MESSAGE = "Please press one";
    static final String THANKS = "Thank you";
    static final String KEY = "voice2phone-test-key";

    final FacadeBench bench;

    Voice2PhoneBench(Path folder, DialPlan callees, String... environment) {
        String[] all = Stream.concat(
                        Stream.of(
                                "OUTDIAL_FACADES_VOICE2PHONE_CREDENTIALS",
                                "tester:" + KEY,
                                "OUTDIAL_FACADES_VOICE2PHONE_ALLOW_HTTP",
                                "true"),
                        Stream.of(environment))
                .toArray(String[]::new);
        bench = new FacadeBench(folder, callees, all);
    }

    HttpResponse<String> post(String body) throws Exception {
        return bench.send("POST", "/call", body, "Authorization", KEY, "Content-Type", "application/json");
    }

    /** The body of the page, without quotes around its own names. @param dtmf the last member; may be empty */
    static String body(String number, String country, String dtmf) {
        return "{\n    Phone:\n    {\n        \"Number\":\"" + number + "\",\n        \"CountryCode\":\"" + country
                + "\"\n    },\n    Message: \"" + MESSAGE + "\""
                + (dtmf.isEmpty() ? "" : ",\n    \n    Dtmf:\n    " + dtmf)
                + "\n}";
    }

    /** @return its id */
    String call(String number, String country, String dtmf) throws Exception {
        var answer = post(body(number, country, dtmf));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FacadeBench.json(answer).path("CallId").asText();
    }

    JsonNode look(String id) throws Exception {
        var answer = bench.send("GET", "/call/" + id, "", "Authorization", KEY);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FacadeBench.json(answer);
    }

    /** What it tells once it has that status. */
    JsonNode awaitStatus(String id, int status) throws Exception {
        long end = System.nanoTime() + FacadeBench.SOON.toNanos();
        JsonNode now = look(id);
        while (now.path("Status").asInt(-1) != status) {
            assertThat(System.nanoTime()).as(now.toString()).isLessThan(end);
            Thread.sleep(50); // the world outside: nothing tells us sooner
            now = look(id);
        }
        return now;
    }

    static void isRefused(int status, HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(FacadeBench.json(answer).path("Message").asText()).isNotBlank();
    }

    @Override
    public void close() {
        bench.close();
    }
}
