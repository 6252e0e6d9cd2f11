package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What {@code outdial campaign} asks for, what it refuses itself, and how it shows progress; no server is asked. */
class CampaignOptionsTest {
    @TempDir
    private Path folder = Path.of("");

    private JsonNode wanted(String table, String... arguments) throws Exception {
        var options = new CampaignOptions();
        var unused = new CommandLine(new Holder(options)).parseArgs(arguments);
        return options.wanted(Files.writeString(folder.resolve("numbers.csv"), table));
    }

    @CommandLine.Command
    private static final class Holder {
        @CommandLine.Mixin
        private final CampaignOptions options;

        Holder(CampaignOptions options) {
            this.options = options;
        }
    }

    @Test
    void theBodyHasTheTableAndWhatWasTyped() throws Exception {
        Path flow = Files.writeString(
                folder.resolve("flow.json"), "{\"name\": \"f\", \"actions\": [{\"type\": \"hangup\"}]}");
        JsonNode wanted = wanted(
                "number\n1\n",
                "--flow",
                flow.toString(),
                "--name",
                "spring",
                "--window",
                "09:00-18:00",
                "--zone",
                "UTC",
                "--cps",
                "0.5",
                "--at-once",
                "3",
                "--retries",
                "2",
                "--duplicates");
        assertThat(wanted)
                .isEqualTo(RemoteApi.JSON.readTree("{\"actions\":[{\"type\":\"hangup\"}],\"name\":\"spring\","
                        + "\"duplicates\":\"keep\",\"schedule\":{\"retries\":2,\"window\":{\"from\":\"09:00\","
                        + "\"to\":\"18:00\",\"zone\":\"UTC\"}},\"pacing\":{\"per_second\":0.5,\"at_once\":3},"
                        + "\"rows\":\"number\\n1\\n\"}"));
        assertThat(wanted("number\n1\n", "--say", "Hello"))
                .isEqualTo(RemoteApi.JSON.readTree("{\"say\":\"Hello\",\"rows\":\"number\\n1\\n\"}"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            numbers.csv                            => --flow or --say
            numbers.csv --say a --flow b           => --say stands in place of --flow
            numbers.csv --say a --window 9         => --window: two times
            numbers.csv --say a --zone UTC         => --zone belongs to a --window
            numbers.csv --say a --pause x          => a table is for a new campaign
            --say a                                => a table is expected
            --pause a --cancel b                   => mutually exclusive
            """)
    void mistakesAreOneSentence(String typed, String sentence) {
        List<String> all = new ArrayList<>(List.of("campaign", "--url", "http://127.0.0.1:1"));
        all.addAll(CommandWords.split(typed));
        all.addAll(List.of("--api-key-file", keyFile().toString()));
        Run run = Run.outdial(all.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isEqualTo(64);
        assertThat(run.err()).contains(sentence);
    }

    private Path keyFile() {
        try {
            return Files.writeString(folder.resolve("key"), "od_some-key");
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    @Test
    void filesThatCannotBeReadAreTold() {
        String table = folder.resolve("none.csv").toString();
        Run run = Run.outdial(
                "campaign",
                table,
                "--say",
                "a",
                "--url",
                "http://127.0.0.1:1",
                "--api-key-file",
                keyFile().toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("there is no file " + table);
    }

    @Test
    void progressIsALineForEachChangeOrOneThatIsWrittenOver() throws Exception {
        JsonNode begun = RemoteApi.JSON.readTree(
                "{\"rows\":4,\"status\":\"running\",\"counts\":{\"over\":0,\"live\":1,\"outcomes\":{}}}");
        JsonNode half = RemoteApi.JSON.readTree(
                "{\"rows\":4,\"status\":\"ended\",\"counts\":{\"over\":2,\"live\":0,\"outcomes\":{\"busy\":1,\"completed\":1}}}");
        var lines = new ArrayList<String>();
        var plain = new CampaignProgress(lines::add, false);
        plain.show(begun);
        plain.show(begun);
        plain.show(half);
        plain.end();
        assertThat(lines)
                .containsExactly(
                        "[....................] 0 of 4  running  live 1" + System.lineSeparator(),
                        "[##########..........] 2 of 4  ended  live 0  busy 1  completed 1" + System.lineSeparator());

        var written = new ArrayList<String>();
        var terminal = new CampaignProgress(written::add, true);
        terminal.show(half);
        terminal.show(begun);
        terminal.end();
        assertThat(written.get(1))
                .startsWith("\r[....")
                .endsWith("live 1" + " ".repeat("  busy 1  completed 1".length() - 2));
        assertThat(written.getLast()).isEqualTo(System.lineSeparator());
    }
}
