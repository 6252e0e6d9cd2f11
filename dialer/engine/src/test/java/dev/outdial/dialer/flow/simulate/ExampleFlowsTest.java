package dev.outdial.dialer.flow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.lint.FlowLinter;
import dev.outdial.dialer.flow.lint.FlowSurroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flows that are shipped as examples do what they say, with every caller of their scripts. */
class ExampleFlowsTest {
    private static final Path FOLDER = folder();

    private static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("examples/flows"))) at = Objects.requireNonNull(at.getParent());
        return at.resolve("examples/flows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"survey", "appointment-reminder", "voicemail", "alert-escalation", "connect"})
    void anExampleIsFaultlessAndItsScriptReachesAllOfIt(String name) throws IOException {
        List<CallerScript> callers = CallerScript.readAll(Files.readString(FOLDER.resolve(name + ".script")));
        Set<String> variables = new HashSet<>();
        callers.getFirst().all(CallerLine.Variable.class).forEach(line -> variables.add(line.name()));
        assertThat(FlowLinter.check(
                        Files.readString(FOLDER.resolve(name + ".json")), FlowSurroundings.NONE.knowing(variables)))
                .isEmpty();
        Flow flow = FlowReader.read(FOLDER.resolve(name + ".json"));
        List<FlowSimulation> runs = FlowSimulator.of(flow).runAll(callers);
        assertThat(Coverage.of(flow, runs).missing()).isEmpty();
        assertThat(runs).allMatch(run -> run.unused().isEmpty());
    }

    @Test
    void noExampleIsLeftOut() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrder(
                            "survey.json",
                            "appointment-reminder.json",
                            "voicemail.json",
                            "alert-escalation.json",
                            "connect.json");
        }
    }
}
