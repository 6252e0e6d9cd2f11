package dev.outdial.server.facade.voipbin;

import static dev.outdial.server.facade.voipbin.VoipbinBench.answers;
import static dev.outdial.server.facade.voipbin.VoipbinBench.persona;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that VoIPBin's tutorial prints, run by a shell. */
@Tag("slow")
@Timeout(120)
class VoipbinPrintedTest {
    private static List<String> commands() throws IOException {
        try (InputStream text = VoipbinPrintedTest.class.getResourceAsStream("printed-commands.txt")) {
            if (text == null) throw new IOException("no commands");
            return Arrays.asList(new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\n\n(?=curl)"));
        }
    }

    private static JsonNode run(String command, Map<String, String> variables) throws Exception {
        var shell = new ProcessBuilder("sh", "-c", command).redirectError(ProcessBuilder.Redirect.DISCARD);
        shell.environment().putAll(variables);
        Process process = shell.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return new ObjectMapper().readTree(answer);
    }

    private static boolean hasCurl() throws Exception {
        return new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0;
    }

    @Test
    void eachCommandRunsAsItIsPrinted(@TempDir Path folder) throws Exception {
        assumeThat(hasCurl()).isTrue();
        var plan = DialPlan.standard()
                .with("test11", answers())
                .with("test12", answers())
                .otherwise(persona(new Step.Ring()));
        try (var voipbin = VoipbinBench.open(folder, plan)) {
            voipbin.own("+15559876543");
            voipbin.own("+15552222222");
            String flow = voipbin.post("/flows", "{'name':'mine','actions':[{'type':'answer'}]}")
                    .path("id")
                    .asText();
            String call = voipbin.place("+15559876543", "[{'type':'answer'}]").id();
            var variables = Map.of("HOST", voipbin.bench.url(), "TOKEN", voipbin.token, "FLOW", flow, "CALL", call);
            List<JsonNode> answers = new ArrayList<>();
            for (String command : commands()) answers.add(run(command, variables));

            assertThat(answers).hasSize(8);
            for (JsonNode made : answers.subList(0, 5)) {
                assertThat(made.isArray()).as(made.toString()).isTrue();
                assertThat(made.get(0).path("status").asText()).isEqualTo("dialing");
                assertThat(made.get(0).path("type").asText()).isEqualTo("flow");
            }
            assertThat(answers.get(1).get(0).path("flow_id").asText()).isEqualTo(flow);
            assertThat(answers.get(5).path("result").size()).isGreaterThanOrEqualTo(6);
            assertThat(answers.get(6).path("id").asText()).isEqualTo(call);
            assertThat(answers.get(7).path("call_ids")).hasSize(2);
            assertThat(voipbin.bench.awaitCallTo("test12").number()).isEqualTo("test12");
        }
    }
}
