package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.config.ConfigReader;
import dev.outdial.server.serve.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A campaign from a table to its result, by the command alone. */
@Tag("slow")
@Timeout(90)
class CampaignCommandTest {
    @TempDir
    private static Path folder;

    private static Server server;
    private static Path keyFile;

    @BeforeAll
    static void serve() throws IOException {
        server = Server.startWithKey(ConfigReader.withoutFile(
                folder,
                Map.of(
                        "OUTDIAL_HTTP_PORT", "0",
                        "OUTDIAL_LOOPBACK_TRUNK", "true",
                        "OUTDIAL_SIP_HOST", "127.0.0.1",
                        "OUTDIAL_SIP_PORT", "0",
                        "OUTDIAL_DRAIN", "0s")));
        keyFile = Files.writeString(
                folder.resolve("key"), server.key().orElseThrow().text() + "\n");
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Run asked(String... arguments) {
        var all = new String[arguments.length + 5];
        all[0] = "campaign";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--url";
        all[arguments.length + 2] = server.url();
        all[arguments.length + 3] = "--api-key-file";
        all[arguments.length + 4] = keyFile.toString();
        return Run.outdial(all);
    }

    private static Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aTableIsDialledAndItsResultPrinted() throws Exception {
        Path table = file("numbers.csv", "number,name\n+15550100201,Ann\n+15550100202,Bob\n+15550100203,\"C, D\"\n");
        Path flow = file("flow.json", "[{\"type\": \"talk\", \"option\": {\"text\": \"Hi ${name}.\"}}]");

        Run run = asked(
                table.toString(),
                "--flow",
                flow.toString(),
                "--name",
                "spring",
                "--at-once",
                "2",
                "--cps",
                "5",
                "--json");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("with 3 numbers").contains("3 of 3  ended  live 0  completed 3");
        JsonNode campaign = RemoteApi.JSON.readTree(run.out());
        assertThat(campaign.path("counts").path("outcomes").path("completed").asInt())
                .isEqualTo(3);
        String id = campaign.path("id").asText();
        Run result = asked("--result", id);
        assertThat(result.out())
                .startsWith("row,number,outcome,sip_code,attempts,talk,digits,recordings,call_id,name\r\n")
                .containsPattern("1,\\+15550100201,completed,200,1,[0-9.]+,,,[0-9a-f-]{36},Ann\r\n")
                .contains("\"C, D\"");
        assertThat(result.out().lines()).hasSize(4);
        assertThat(asked().out()).contains(id).contains("spring").contains("ended");
    }

    @Test
    void aCampaignIsPausedResumedAndCanceled() throws Exception {
        JsonNode body = RemoteApi.JSON.readTree(
                "{\"rows\":\"number\\n+15550100211\\n+15550100212\\n\",\"say\":\"Hi.\",\"schedule\":{\"not_before\":\"2999-01-01T00:00:00Z\"}}");
        var api = new RemoteApi(server.url(), Files.readString(keyFile).strip());
        String id = api.create("/campaigns", body, "paused").path("id").asText();
        assertThat(api.create("/campaigns", body, "paused").path("id").asText()).isEqualTo(id);

        assertThat(asked("--pause", id).out()).isEqualTo("0 of 2  paused  live 0" + System.lineSeparator());
        assertThat(asked("--cancel", id).out()).startsWith("0 of 2  canceling");
        // It is looked at until what waits has ended.
        Run resumed = asked("--resume", id);
        assertThat(resumed.status()).isEqualTo(1);
        assertThat(resumed.err()).contains("the campaign is cancel");
        JsonNode campaign = api.get("/campaigns/" + id);
        while (!campaign.path("status").asText().equals("canceled")) {
            Thread.sleep(20); // another process' doing, as far as a command knows
            campaign = api.get("/campaigns/" + id);
        }
        assertThat(campaign.path("counts").path("outcomes").path("canceled").asInt())
                .isEqualTo(2);
        assertThat(asked("--result", "nonsense").status()).isEqualTo(1);
    }

    @Test
    void allMistakesOfATableAreToldAtOnce() throws IOException {
        Path table = file("wrong.csv", "number,name\nnobody,Ann\n+15550100202\n");
        Run run = asked(table.toString(), "--say", "Hi.");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("row 1, column number must be a number").contains("row 2 has 1 columns");
    }
}
