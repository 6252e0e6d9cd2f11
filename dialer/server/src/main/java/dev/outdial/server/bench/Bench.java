package dev.outdial.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs scenarios: for each a trunk of counting callees in one process and a load in another.
 *
 * <p><b>Threading:</b> one owner, but for {@link #end}.
 */
public final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TRUNK_ADDRESS = Pattern.compile("listens at (\\S+?),");
    private static final String NUMBER = "1001";
    private static final String KEY_EVERY = "5s";

    private final Duration settle;
    private final Duration steady;
    private final int runs;
    private final Consumer<String> progress;
    private final Children children = new Children();

    /**
     * What came of it.
     *
     * @param results of the scenarios that were run at least once, in order
     * @param trouble why no more were run, where not all were run as often as was wanted: a process could not be started, broke
     *     off or said nothing that makes sense, or the bench was ended
     */
    public record Outcome(List<ScenarioResult> results, Optional<String> trouble) {
        /** Copies the list. */
        public Outcome {
            results = List.copyOf(results);
        }
    }

    /**
     * A bench.
     *
     * @param settle how long all calls of a run are up before anything is measured
     * @param steady how long they are up then
     * @param runs how often each scenario is run, 1 at least; the best run counts
     * @param progress takes a line for people, live
     */
    public Bench(Duration settle, Duration steady, int runs, Consumer<String> progress) {
        if (runs < 1 || !steady.isPositive()) {
            throw new IllegalArgumentException(runs + " runs of " + steady);
        }
        this.settle = settle;
        this.steady = steady;
        this.runs = runs;
        this.progress = progress;
    }

    /** Runs each scenario as often as is wanted, until one breaks off. */
    public Outcome run(List<Scenario> scenarios) throws InterruptedException {
        List<ScenarioResult> results = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Pinning pinning = pinning(scenario);
            List<Figures> figures = new ArrayList<>();
            Optional<String> trouble = runAll(scenario, pinning, figures);
            if (!figures.isEmpty()) {
                results.add(ScenarioResult.of(scenario, pinning.isOn(), figures));
            }
            if (trouble.isPresent()) {
                return new Outcome(results, trouble);
            }
        }
        return new Outcome(results, Optional.empty());
    }

    /** Ends what runs, at once; {@link #run} returns what there is. Any thread. */
    public void end() {
        children.end();
    }

    private Pinning pinning(Scenario scenario) {
        if (!scenario.onOneCore()) {
            return Pinning.NONE;
        }
        Pinning pinning = Pinning.here();
        if (!pinning.isOn()) {
            progress.accept(scenario.name() + ": fewer than two cores may be used here, or there is no "
                    + Pinning.COMMAND + ": processes are not pinned");
        }
        return pinning;
    }

    /**
     * Adds the figures of each run.
     *
     * @return why not all were run
     */
    private Optional<String> runAll(Scenario scenario, Pinning pinning, List<Figures> figures)
            throws InterruptedException {
        try {
            for (int run = 1; run <= runs; run++) {
                progress.accept(scenario.name() + ", run " + run + " of " + runs);
                figures.add(runOnce(scenario, pinning));
            }
            return Optional.empty();
        } catch (IOException brokenOff) {
            return Optional.of(scenario.name() + ": " + brokenOff.getMessage());
        } catch (InterruptedException hurried) {
            if (!children.ended()) {
                throw hurried;
            }
            return Optional.of(scenario.name() + ": the bench was ended");
        }
    }

    private Figures runOnce(Scenario scenario, Pinning pinning) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("outdial-bench");
        Path counts = folder.resolve("counts.json");
        try {
            Path prompt = Prompt.WELCOME_MP3.copyTo(folder);
            JsonNode load;
            double calleesCpuSeconds;
            try (Child callees = children.start(pinning.callees(), callees(scenario, counts))) {
                String trunk = address(callees.awaitLine("listens at "));
                try (Child caller = children.start(pinning.load(), load(scenario, trunk, prompt))) {
                    load = JSON.readTree(caller.awaitLine("{"));
                    check(load, caller.awaitEnd());
                }
                calleesCpuSeconds = callees.cpuSeconds();
                callees.end();
            }
            return Figures.of(load, JSON.readTree(counts.toFile()), calleesCpuSeconds);
        } finally {
            delete(folder);
        }
    }

    /**
     * Whether a load came to its end. Calls that nobody answered are figures, not trouble.
     *
     * @throws IOException if it did not
     */
    static void check(JsonNode load, int status) throws IOException {
        if (status != 0 && status != OutcomeKind.FAILED.exitStatus()) {
            throw new IOException("the load exited with status " + status);
        }
        int asked = load.path("asked").asInt();
        int calls = load.path("calls").asInt();
        if (asked < 1 || calls < asked) {
            throw new IOException("the load was cut short: it placed " + calls + " of " + asked + " calls");
        }
        if (!load.path("steady").isObject()) {
            throw new IOException("the load had no steady time: none of its calls was up");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static String address(String line) throws IOException {
        Matcher address = TRUNK_ADDRESS.matcher(line);
        if (!address.find()) {
            throw new IOException("no address in: " + line);
        }
        return address.group(1);
    }

    private List<String> callees(Scenario scenario, Path counts) {
        List<String> arguments = new ArrayList<>(List.of(
                "testbed",
                "--listen",
                "127.0.0.1:0",
                "--password",
                "",
                "--count-only",
                "--settle",
                settle.toMillis() + "ms",
                "--report",
                counts.toString()));
        if (scenario.twoWay()) {
            arguments.addAll(List.of("--speak", "--no-telephone-event", "--press-every", KEY_EVERY));
        }
        return arguments;
    }

    private List<String> load(Scenario scenario, String trunk, Path prompt) {
        return List.of(
                "load",
                NUMBER,
                "--trunk",
                "sip:bench@" + trunk,
                "--no-register",
                "--local",
                "127.0.0.1",
                "--calls",
                String.valueOf(scenario.calls()),
                "--cps",
                String.valueOf(scenario.callsPerSecond()),
                "--settle",
                settle.toMillis() + "ms",
                "--steady",
                steady.toMillis() + "ms",
                "--play",
                prompt.toString(),
                "--json");
    }
}
