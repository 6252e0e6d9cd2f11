package dev.outdial.server.facade.neutrino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.serve.FacadeBench;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import dev.outdial.testbed.web.WebAnswers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One playback, and what is refused beside it. */
@Timeout(60)
class FirstCallTest {
    private static final String NUMBER = "+12106100045";

    @Test
    void aNumberIsCalledAndHearsTheFile(@TempDir Path folder) throws Exception {
        DialPlan callees = DialPlan.standard().otherwise(Persona.of("answers", new Step.Answer()));
        try (var bench = new FacadeBench(folder, callees, Client.CREDENTIALS, Client.credentials())) {
            bench.web.on("/short.wav", WebAnswers.content("audio/wav", Tones.wav(400)));
            String url = bench.web.uri("/short.wav").toString();
            var client = new Client(bench, "u0");

            client.call("number", "12106100045", "audio-url", url);

            TrunkCall call = bench.awaitEndOfCallTo(NUMBER);
            assertThat(call.end()).hasValue(new CallEnd(CallEnd.Kind.CALLER_HUNG_UP, 200));
            assertThat(FacadeBench.millisOf(Tones.HERTZ, call)).isBetween(300L, 500L);
            assertThat(bench.web.requests())
                    .as("fetched once for the answer and the call")
                    .hasSize(1);
            assertThat(client.awaitOver(NUMBER, 1).getFirst().path("origin").asText())
                    .isEqualTo("neutrino");

            Client.refused(403, 45, bench.send("GET", "/phone-playback/more", ""));
            Client.refused(403, 45, bench.send("PUT", "/phone-playback", ""));
            Client.refused(
                    400,
                    44,
                    bench.send(
                            "POST", "/phone-playback", "x".repeat(300_000), "User-ID", "u0", "API-Key", "key-of-u0"));
        }
    }
}
