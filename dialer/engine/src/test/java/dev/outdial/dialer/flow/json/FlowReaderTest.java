package dev.outdial.dialer.flow.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.flow.CallAction.FlowSource;
import dev.outdial.dialer.flow.CallAction.PlaceCalls;
import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.DecisionAction.Goto;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.FlowStep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A flow as a whole: where its actions stand, what they are called, and what is no flow. */
class FlowReaderTest {
    @TempDir
    private Path folder = Path.of("");

    private static List<String> findings(String json) {
        return FlowReader.examine(json).findings().stream()
                .map(FlowFinding::toString)
                .toList();
    }

    private static List<String> ids(String json) {
        return FlowReader.read(json).steps().stream().map(FlowStep::id).toList();
    }

    @Test
    void anArrayIsAFlowAndSoIsAnObjectThatHasOne() {
        String actions = "[{\"type\":\"answer\"},{\"type\":\"dtmf_send\",\"option\":{\"dtmfs\":\"1\"}}]";
        Flow alone = FlowReader.read(actions);
        assertThat(alone.name()).isEmpty();
        assertThat(alone.steps()).extracting(FlowStep::type).containsExactly("answer", "dtmf_send");
        Flow named = FlowReader.read("{\"name\":\"n\",\"detail\":\"d\",\"actions\":" + actions + "}");
        assertThat(named).isEqualTo(new Flow("n", alone.steps()));
    }

    @Test
    void theBodyOfACallIsReadForItsActionsAlone() {
        String body = """
                {"source":{"type":"tel","target":"+15551234567"},"destinations":[{"type":"tel","target":"x"}],
                 "variables":{"a":"b"},"anonymous":"no","ring_method":"","answer_method":"",
                 "actions":[{"type":"stop","option":null,"next_id":null,"tm_execute":""}]}
                """;
        assertThat(findings(body)).isEmpty();
        assertThat(FlowReader.read(body).steps()).hasSize(1);
    }

    @Test
    void anActionWithoutAnIdIsCalledByItsPlaceAndNeverAsAnother() {
        assertThat(ids("""
                        [{"type":"stop"},{"type":"stop","id":"action-0"},{"type":"stop","id":""},
                         {"type":"stop","id":"00000000-0000-0000-0000-000000000000"},{"type":"stop","id":" x "}]
                        """)).containsExactly("action-0-", "action-0", "action-2", "action-3", "x");
    }

    @Test
    void theSameIdTwiceIsWrong() {
        assertThat(findings("[{\"type\":\"stop\",\"id\":\"a\"},{\"type\":\"stop\",\"id\":\"a\"}]"))
                .containsExactly("actions[1].id: error: there is another action with the id \"a\"");
    }

    @Test
    void aNextIdIsKeptAndOneOfZerosIsNone() {
        Flow flow = FlowReader.read("""
                [{"type":"stop","next_id":"b"},{"type":"stop","next_id":"00000000-0000-0000-0000-000000000000"},
                 {"type":"stop","next_id":""}]
                """);
        assertThat(flow.steps()).extracting(step -> step.nextId().orElse("-")).containsExactly("b", "-", "-");
    }

    @Test
    void aFlowWithinAFlowHasIdsAndPathsOfItsOwn() {
        String json = """
                [{"id":"a","type":"call","option":{"destinations":[{"type":"sip","target":"b@c"}],
                  "actions":[{"id":"a","type":"stop"},{"type":"empty","option":{"x":1}}]}}]
                """;
        assertThat(findings(json))
                .containsExactly("actions[0].option.actions[1].option.x: warning: unknown option \"x\" of empty");
        var call = (PlaceCalls) FlowReader.read(json).steps().getFirst().action();
        assertThat(((FlowSource.Inline) call.flow()).flow().steps())
                .extracting(FlowStep::id)
                .containsExactly("a", "action-1");
    }

    @Test
    void everythingThatIsWrongIsToldInTheOrderOfTheText() {
        String json = """
                {"actoins":1,"actions":[{"option":{},"typ":"x"},5,
                  {"type":"goto","option":{"loop_count":"y","targt_id":"z"},"id":5},
                  {"type":"talk","text":"Hi"}],"name":7}
                """;
        List<String> all = List.of(
                "actoins: warning: unknown option \"actoins\" of a flow (did you mean \"actions\"?)",
                "actions[0].type: error: a text is expected here",
                "actions[0].typ: warning: unknown key \"typ\" of an action (did you mean \"type\"?)",
                "actions[1]: error: an object is expected, and this is the number 5",
                "actions[2].option.target_id: error: the id of an action is expected here",
                "actions[2].option.loop_count: error: a whole number is expected, and this is the text \"y\"",
                "actions[2].option.targt_id: warning: unknown option \"targt_id\" of goto (did you mean \"target_id\"?)",
                "actions[2].id: error: a text is expected, and this is the number 5",
                "actions[3].option.text: error: a text is expected here",
                "actions[3].text: warning: unknown key \"text\" of an action: an action's options stand in its \"option\"",
                "name: error: a text is expected, and this is the number 7");
        assertThat(findings(json)).containsExactlyElementsOf(all);
        assertThatThrownBy(() -> FlowReader.read(json))
                .isInstanceOfSatisfying(
                        FlowException.class,
                        wrong -> assertThat(wrong.findings())
                                .extracting(FlowFinding::toString)
                                .containsExactlyElementsOf(all.stream()
                                        .filter(line -> line.contains(": error: "))
                                        .toList()));
    }

    @Test
    void whatIsOnlyOddDoesNotKeepAFlowFromBeingRead() {
        String json = "[{\"type\":\"talk\",\"option\":{\"text\":\"Hi\",\"langage\":\"ar\"}}]";
        assertThat(FlowReader.read(json).steps()).hasSize(1);
        assertThat(findings(json)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            5                     => error: an array of actions, or an object that has one, is expected, and this is the number 5
            null                  => error: an array of actions, or an object that has one, is expected, and this is nothing
            {}                    => actions: error: an array of actions is expected here
            {"actions":{}}        => actions: error: an array is expected, and this is an object
            ` `                   => error: this is empty: a JSON array of actions is expected
            [                     => error: this is no JSON at line 1, column 2: Unexpected end-of-input: expected close marker for Array
            [1,]                  => error: this is no JSON at line 1, column 4: Unexpected character (']' (code 93)): expected a valid value
            [] []                 => error: this is no JSON at line 1, column 4:
            {"actions":[],"actions":[]} => error: this is no JSON at line 1, column 24: Duplicate
            [{"type":"stop","option":{"a":1,"a":2}}] => error: this is no JSON at line 1, column 36: Duplicate
            """)
    void whatIsNoFlowSaysSo(String json, String finding) {
        assertThat(findings(json)).hasSize(1);
        assertThat(findings(json).getFirst()).startsWith(finding);
        assertThatThrownBy(() -> FlowReader.read(json)).isInstanceOf(FlowException.class);
    }

    @Test
    void badJsonSaysLineAndColumn() {
        assertThat(findings("[\n  {\"type\": talk}\n]").getFirst())
                .startsWith("error: this is no JSON at line 2, column 12: Unrecognized token 'talk'");
    }

    @Test
    void thereAreLimits() {
        String most =
                IntStream.range(0, 1000).mapToObj(i -> "{\"type\":\"stop\"}").collect(Collectors.joining(","));
        assertThat(FlowReader.read("[" + most + "]").steps()).hasSize(1000);
        assertThat(findings("[" + most + ",{\"type\":\"stop\"}]"))
                .containsExactly("actions: error: 1001 of these are too many: at most 1000 are expected");
        assertThat(findings("[" + " ".repeat(256 * 1024) + "]")).containsExactly("error: this is longer than 256 KB");
        assertThat(findings("[{\"type\":\"" + "\u00e4".repeat(128 * 1024) + "\"}]"))
                .containsExactly("error: this is longer than 256 KB");
        assertThat(findings("[".repeat(65) + "]".repeat(65)).getFirst()).startsWith("error: this goes too far");
        assertThat(findings("[" + "1".repeat(41) + "]").getFirst()).startsWith("error: this goes too far");
        assertThat(findings("[" + "1,".repeat(999) + "1]"))
                .hasSize(201)
                .last()
                .isEqualTo("error: there is more than this; nothing further is told");
    }

    @Test
    void aFileIsReadInUtf8WithOrWithoutAMarkOfItsByteOrder() throws IOException {
        Path file = folder.resolve("flow.json");
        Files.writeString(file, "\uFEFF[{\"type\":\"talk\",\"option\":{\"text\":\"\u00e4\"}}]");
        assertThat(FlowReader.read(file).steps().getFirst().action().toString()).contains("text=\u00e4");
        Files.write(
                file, "[{\"type\":\"talk\",\"option\":{\"text\":\"\u00e4\"}}]".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> FlowReader.read(file))
                .isInstanceOf(FlowException.class)
                .hasMessage("error: this is no text in UTF-8");
        Files.write(file, new byte[256 * 1024 + 1]);
        assertThatThrownBy(() -> FlowReader.read(file))
                .isInstanceOf(FlowException.class)
                .hasMessage("error: this is longer than 256 KB");
        assertThatThrownBy(() -> FlowReader.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    /** VoIPBin's tutorial, as printed: calls with speech, a file, connect, keys to send, and a branch; and a groupcall. */
    @ParameterizedTest
    @ValueSource(strings = {"talk", "play", "talk-connect", "talk-digits-send", "branch", "groupcall"})
    void theExamplesOfVoipbinAreRead(String example) throws IOException {
        String json = Examples.voipbin(example);
        assertThat(findings(json)).isEmpty();
        Flow flow = FlowReader.read(json);
        assertThat(flow.steps()).isNotEmpty();
        if (example.equals("branch")) {
            assertThat(flow.steps()).hasSize(13);
            assertThat(((Branch) flow.steps().get(2).action()).targetIds().keySet())
                    .containsExactly("1", "2", "3");
            assertThat(flow.steps().get(10).action())
                    .isInstanceOfSatisfying(
                            Goto.class,
                            jump -> assertThat(flow.indexOf(jump.targetId())).contains(0));
        }
    }
}
