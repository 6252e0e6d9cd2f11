package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FlowCheckCommandTest {
    private static final String GOOD = "[{'type':'talk','option':{'text':'Hi'}},{'type':'hangup'}]";
    private static final String ODD = "[{'type':'talk','option':{'text':'Hi ${name}'}}]";
    private static final String BAD = "[{'type':'goto','option':{'target_id':'b','loop_count':1}},{'type':'tlak'}]";

    @TempDir
    private Path folder = Path.of("");

    private String flow(String name, String json) throws IOException {
        return Files.writeString(folder.resolve(name), json.replace('\'', '"')).toString();
    }

    @Test
    void aFlowWithoutFaultIsSilenceAndStatusZero() throws IOException {
        assertThat(Run.outdial("flow", "check", flow("good.json", GOOD), "--strict"))
                .isEqualTo(new Run(0, "", ""));
    }

    @Test
    void eachFindingIsALineWithItsFileAndItsPlace() throws IOException {
        String bad = flow("bad.json", BAD);
        String odd = flow("odd.json", ODD);
        Run run = Run.outdial("flow", "check", bad, odd);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        bad + ": actions[1].type: error: unknown action \"tlak\" (did you mean \"talk\"?)",
                        odd + ": actions[0].option.text: warning: nothing sets the variable \"name\"");
    }

    @Test
    void warningsAreAsBadAsErrorsOnlyWhereThatIsWanted() throws IOException {
        String odd = flow("odd.json", ODD);
        assertThat(Run.outdial("flow", "check", odd).status()).isZero();
        assertThat(Run.outdial("flow", "check", odd, "--strict").status()).isEqualTo(1);
        assertThat(Run.outdial("flow", "check", odd, "--strict", "--var", "name"))
                .isEqualTo(new Run(0, "", ""));
    }

    @Test
    void theSameForPrograms() throws IOException {
        String bad = flow("bad.json", BAD);
        Run run = Run.outdial("flow", "check", "--json", bad, flow("good.json", GOOD));
        assertThat(run.status()).isEqualTo(1);
        JsonNode found = new ObjectMapper().readTree(run.out());
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("file").asText()).isEqualTo(bad);
        assertThat(found.get(0).get("path").asText()).isEqualTo("actions[1].type");
        assertThat(found.get(0).get("severity").asText()).isEqualTo("error");
        assertThat(found.get(0).get("sentence").asText()).startsWith("unknown action");
        assertThat(Run.outdial("flow", "check", "--json", flow("good.json", GOOD))
                        .out()
                        .strip())
                .isEqualTo("[]");
    }

    @Test
    void filesAreLookedForBelowTheMediaFolderAndNowhereElse() throws IOException {
        Path media = Files.createDirectories(folder.resolve("media"));
        Files.createFile(media.resolve("there.wav"));
        Files.createFile(folder.resolve("secret.wav"));
        String play = flow(
                "play.json",
                "[{'type':'play','option':{'stream_urls':['there.wav','../secret.wav','gone.wav','a\\u0000b']}}]");
        Run run = Run.outdial("flow", "check", play, "--media", media.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.contains("there is no file"));
        assertThat(run.out()).contains("stream_urls[1]", "stream_urls[2]", "stream_urls[3]");
        assertThat(Run.outdial("flow", "check", play).out()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsASentenceAndTheOthersAreCheckedAllTheSame() throws IOException {
        String none = folder.resolve("none.json").toString();
        String odd = flow("odd.json", ODD);
        Run run = Run.outdial("flow", "check", none, folder.toString(), odd);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly("outdial: there is no file " + none, "outdial: " + folder + " cannot be read");
        assertThat(run.out().lines()).hasSize(1);
    }

    @Test
    void whatIsNoTextIsAnError() throws IOException {
        Path binary = Files.write(folder.resolve("x.json"), new byte[] {'[', (byte) 0xFF, ']'});
        Run run = Run.outdial("flow", "check", binary.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().strip()).isEqualTo(binary + ": error: this is no text in UTF-8");
    }
}
