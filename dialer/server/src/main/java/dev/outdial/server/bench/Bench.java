package dev.outdial.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs scenarios: for each a trunk of counting callees in one process and a load in another. One owner. */
public final class Bench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TRUNK_ADDRESS = Pattern.compile("listens at (\\S+?),");
    private static final String NUMBER = "1001";
    private static final String KEY_EVERY = "5s";
    private static final OptionalInt LOAD_CORE = OptionalInt.of(0);
    private static final OptionalInt CALLEE_CORE = OptionalInt.of(1);

    private final Duration settle;
    private final Duration steady;
    private final int runs;
    private final Consumer<String> progress;

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

    /**
     * Runs a scenario as often as is wanted.
     *
     * @throws IOException if a process cannot be started, breaks off or says nothing that makes sense
     */
    public ScenarioResult run(Scenario scenario) throws IOException, InterruptedException {
        boolean pinned = scenario.onOneCore() && Child.canPin();
        if (scenario.onOneCore() && !pinned) {
            progress.accept(scenario.name() + ": this machine has one core or no taskset: processes are not pinned");
        }
        List<Figures> figures = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            progress.accept(scenario.name() + ", run " + run + " of " + runs);
            figures.add(runOnce(scenario, pinned));
        }
        return ScenarioResult.of(scenario, pinned, figures);
    }

    private Figures runOnce(Scenario scenario, boolean pinned) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("outdial-bench");
        Path prompt = Prompt.WELCOME_MP3.copyTo(folder);
        Path counts = folder.resolve("counts.json");
        try {
            JsonNode load;
            double calleesCpuSeconds;
            try (Child callees = Child.start(pinned ? CALLEE_CORE : OptionalInt.empty(), callees(scenario, counts))) {
                String trunk = address(callees.awaitLine("listens at "));
                try (Child caller =
                        Child.start(pinned ? LOAD_CORE : OptionalInt.empty(), load(scenario, trunk, prompt))) {
                    load = JSON.readTree(caller.awaitLine("{"));
                    caller.awaitEnd();
                }
                calleesCpuSeconds = callees.cpuSeconds();
                callees.end();
            }
            return Figures.of(load, JSON.readTree(counts.toFile()), calleesCpuSeconds);
        } finally {
            Files.deleteIfExists(counts);
            Files.deleteIfExists(prompt);
            Files.deleteIfExists(folder);
        }
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
