package dev.outdial.server.facade.cequens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.server.serve.FacadeBench.Told;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.sound.Tones;
import dev.outdial.testbed.sound.WavFile;
import dev.outdial.testbed.web.WebAnswers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A server with a client that signs in to it. */
final class CequensBench implements AutoCloseable {
    static final String TEXT = "Your parcel arrives today.";
    static final String USER = "tester";
    static final String KEY = "cequens-test-key";
    static final int HERTZ = 1000;

    final FacadeBench bench;

    CequensBench(Path folder, DialPlan callees, String... environment) {
        String[] all = Stream.concat(
                        Stream.of("OUTDIAL_FACADES_CEQUENS_CREDENTIALS", USER + ":" + KEY), Stream.of(environment))
                .toArray(String[]::new);
        bench = new FacadeBench(folder, callees, all);
        byte[] wav = WavFile.bytes(new Tones(0.3, HERTZ).samples(1000));
        bench.web.on("/tone.wav", WebAnswers.content("audio/wav", wav));
    }

    HttpResponse<String> signIn(String path, String user, String key) throws Exception {
        return bench.send(
                "POST",
                path,
                "{\"apiKey\":\"" + key + "\",\"userName\":\"" + user + "\"}",
                "Content-Type",
                "application/json");
    }

    String token() throws Exception {
        return FacadeBench.json(signIn("/auth/v1/tokens", USER, KEY))
                .at("/data/access_token")
                .asText();
    }

    HttpResponse<String> send(String body) throws Exception {
        return bench.send(
                "POST",
                "/voice/v1/calls",
                body,
                "Authorization",
                "Bearer " + token(),
                "Content-Type",
                "application/json");
    }

    /** Asks for a call with the text. @param more further members, each after a comma */
    JsonNode call(String recipient, String more) throws Exception {
        var answer = send("{\"recipient\":\"" + recipient + "\",\"sayText\":\"" + TEXT + "\"" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return FacadeBench.json(answer);
    }

    static String member(String name, String value) {
        return ",\"" + name + "\":\"" + value + "\"";
    }

    String sink(String path) {
        return bench.sink(path, 200);
    }

    static List<String> statuses(List<Told> told) {
        return told.stream().map(one -> one.query().get("status")).toList();
    }

    @Override
    public void close() {
        bench.close();
    }
}
