package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowSimulateCommandTest {
    private static final String MENU = """
            [{"id": "ask", "type": "talk", "option": {"text": "Press 1"}},
             {"id": "wait", "type": "digits_receive", "option": {"duration": 3000, "length": 1}},
             {"id": "choice", "type": "branch", "option": {"target_ids": {"1": "yes"}, "default_target_id": "no"}},
             {"id": "yes", "type": "talk", "option": {"text": "Yes"}}, {"type": "hangup"},
             {"id": "no", "type": "talk", "option": {"text": "No"}}]""";

    @TempDir
    private Path folder = Path.of("");

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void whatWouldBeHeardIsToldWithTheTimeAndWhatWasNeverReached() throws IOException {
        String script = file("a.script", "answers after 2s\npresses 1 after \"Press\"\npresses 7 after \"nothing\"");
        Run run = Run.outdial("flow", "simulate", file("a.json", MENU), "--script", script);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .contains(
                        "   2.000  says \"Press 1\"",
                        "   2.500  key 1",
                        "   2.500    choice -> yes",
                        "   never  presses 7 after \"nothing\"",
                        "reached    75 %: 5 of 6 steps, 1 of 2 ways on",
                        "missing    actions[2].option.default_target_id: branch \"choice\" never went default");
    }

    @Test
    void tooLittleReachedIsStatusOne() throws IOException {
        String flow = file("a.json", MENU);
        assertThat(Run.outdial("flow", "simulate", flow, "--coverage", "62").status())
                .isZero();
        assertThat(Run.outdial("flow", "simulate", flow, "--coverage", "63").status())
                .isEqualTo(1);
        assertThat(Run.outdial("flow", "simulate", flow, "--coverage", "101").status())
                .isEqualTo(64);
    }

    @Test
    void aFlowThatGoesRoundOrFailsIsStatusOne() throws IOException {
        String round = file("round.json", "[{\"id\": \"a\", \"type\": \"empty\", \"next_id\": \"a\"}]");
        Run run = Run.outdial("flow", "simulate", round);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("flow ended: limit");
        String fetch = file(
                "fetch.json", "[{\"type\": \"fetch\", \"option\": {\"event_url\": \"https://example.com/more\"}}]");
        assertThat(Run.outdial("flow", "simulate", fetch).status()).isEqualTo(1);
    }

    @Test
    void whatIsFetchedLiesBesideTheScript() throws IOException {
        String fetch = file(
                "fetch.json", "[{\"type\": \"fetch\", \"option\": {\"event_url\": \"https://example.com/more\"}}]");
        file("more.json", "[{\"type\": \"talk\", \"option\": {\"text\": \"There is more\"}}]");
        String script = file("a.script", "fetch https://example.com/more gives more.json");
        Run run = Run.outdial("flow", "simulate", fetch, "--script", script);
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("says \"There is more\"");
        String missing = file("b.script", "fetch https://example.com/more gives less.json");
        assertThat(Run.outdial("flow", "simulate", fetch, "--script", missing).err())
                .startsWith("outdial: there is no file ")
                .contains("less.json");
    }

    @Test
    void theSameForPrograms() throws IOException {
        String script = file("a.script", "caller one\npresses 1 after \"Press\"\ncaller other\nhangs up at 10s");
        Run run = Run.outdial("flow", "simulate", file("a.json", MENU), "--script", script, "--json");
        assertThat(run.out().lines()).hasSize(1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        JsonNode one = report.get("callers").get(0);
        assertThat(one.get("caller").asText()).isEqualTo("one");
        assertThat(one.get("end").asText()).isEqualTo("hung_up");
        assertThat(one.get("durationMillis").asLong()).isEqualTo(3000 + 500 + 214);
        JsonNode said = one.get("transcript").get(2);
        assertThat(said.get("event").asText()).isEqualTo("Said");
        assertThat(said.get("atMillis").asLong()).isEqualTo(3000);
        assertThat(said.get("details").get("text").asText()).isEqualTo("Press 1");
        assertThat(report.get("coverage").get("percent").asInt()).isEqualTo(100);
        assertThat(report.get("coverage").get("missing")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsOneSentenceAndStatusOne() throws IOException {
        String flow = file("a.json", MENU);
        Run script = Run.outdial("flow", "simulate", flow, "--script", file("a.script", "\npreses 1"));
        assertThat(script.status()).isEqualTo(1);
        assertThat(script.err()).contains("a.script: line 2: 'preses'").contains("did you mean 'presses'?");
        Run wrong = Run.outdial("flow", "simulate", file("b.json", "[{\"type\": \"tlak\"}]"));
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).contains("b.json: actions[0].type: error:").contains("talk");
        assertThat(Run.outdial("flow", "simulate", "none.json").err())
                .isEqualTo("outdial: there is no file none.json\n");
        assertThat(Run.outdial("flow", "simulate").status()).isEqualTo(64);
    }

    @Test
    void aFlowIsDrawn() throws IOException {
        String flow = file("a.json", MENU);
        Run shown = Run.outdial("flow", "draw", flow);
        assertThat(shown.status()).isZero();
        assertThat(shown.out()).startsWith("<svg ").endsWith("</svg>\n");
        Path picture = folder.resolve("a.svg");
        Run written = Run.outdial("flow", "draw", flow, "--out", picture.toString());
        assertThat(written.out()).isEmpty();
        assertThat(Files.readString(picture)).isEqualTo(shown.out());
        Run nowhere = Run.outdial(
                "flow", "draw", flow, "--out", folder.resolve("no/a.svg").toString());
        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(nowhere.err()).endsWith("a.svg cannot be written\n");
    }
}
