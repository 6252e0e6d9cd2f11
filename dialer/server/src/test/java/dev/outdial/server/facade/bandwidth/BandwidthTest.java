package dev.outdial.server.facade.bandwidth;

import static dev.outdial.server.facade.bandwidth.CatapultBench.callees;
import static dev.outdial.server.facade.bandwidth.CatapultBench.persona;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.Step;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of the document "Play Audio File on Call" as it prints them, but for host, numbers and credentials. */
class BandwidthTest {
    private static final String NUMBER = "15550100001";

    private static HttpResponse<String> printed(CatapultBench catapult, String path, String body) throws Exception {
        return catapult.bench.send(
                "POST",
                CatapultBench.USER + path,
                body,
                "Content-Type",
                "application/json; charset=utf-8",
                "Authorization",
                "t-token:s-secret");
    }

    @Test
    @DisplayName("B01, B02, B04: the printed requests make a call, play a file in it and stop it")
    void asPrinted(@TempDir Path folder) throws Exception {
        try (var catapult = new CatapultBench(folder, callees(NUMBER, persona(new Step.Answer())))) {
            String callback = catapult.bench.sink("/" + NUMBER, 200);
            HttpResponse<String> made = printed(catapult, "/calls", """

                    {
                        "to"          : "+15550100001",
                        "from"        : "+15550109999",
                        "callbackUrl" : "%s"
                    }
                    """.formatted(callback));
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            JsonNode answer = catapult.event(NUMBER, "answer");
            String audio = "/calls/" + answer.path("callId").asText() + "/audio";

            HttpResponse<String> played = printed(catapult, audio, """

                    {
                        "fileUrl": "%s"
                    }
                    """.formatted(catapult.sound("/long.wav")));
            assertThat(played.statusCode()).as(played.body()).isEqualTo(200);
            JsonNode unused = catapult.event(NUMBER, "playback");
            Thread.sleep(700); // some of it is heard
            assertThat(printed(catapult, audio, "{\"fileUrl\": \"\"}").statusCode())
                    .isEqualTo(200);

            assertThat(FacadeBench.millisOf(
                            CatapultBench.LONG_HERTZ,
                            catapult.over(NUMBER, answer.path("callId").asText())))
                    .isPositive();
            assertThat(catapult.types(NUMBER)).containsExactly("answer", "playback started", "playback done", "hangup");
        }
    }
}
