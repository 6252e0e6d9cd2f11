package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.machine.FlowLimits;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a flow without a call: the same decisions, somebody scripted at the far end, and time that passes at once. Immutable.
 *
 * <pre>{@code
 * FlowSimulation sim = FlowSimulator.of(flow).with(CallerScript.of("presses 1 after \"Press 1\"")).run();
 * assertThat(sim.said()).contains("Thank you");
 * }</pre>
 *
 * <p><b>Threading:</b> any.
 */
public final class FlowSimulator {
    /** How many characters of words are taken for a second where nobody says how long words last. */
    public static final int CHARACTERS_A_SECOND = 14;

    /** How long a file is taken to last where nobody says it. */
    public static final Duration USUAL_FILE = Duration.ofSeconds(5);

    /** A call is ended after so long. */
    public static final Duration LONGEST_CALL = Duration.ofHours(1);

    private final Flow flow;
    private final CallerScript script;
    private final Settings settings;

    /** What holds for calls that the flow places, too. */
    record Settings(
            Function<String, Duration> files, Function<String, Optional<Flow>> flows, FlowLimits limits, int depth) {
        Settings deeper() {
            return new Settings(files, flows, limits, depth + 1);
        }
    }

    FlowSimulator(Flow flow, CallerScript script, Settings settings) {
        this.flow = Objects.requireNonNull(flow, "flow");
        this.script = Objects.requireNonNull(script, "script");
        this.settings = settings;
    }

    /** Runs this flow, with somebody who answers after 3 s and does nothing. */
    public static FlowSimulator of(Flow flow) {
        return new FlowSimulator(
                flow,
                CallerScript.SILENT,
                new Settings(file -> USUAL_FILE, name -> Optional.empty(), FlowLimits.STANDARD, 0));
    }

    /** The same with this one at the far end. */
    public FlowSimulator with(CallerScript caller) {
        return new FlowSimulator(flow, caller, settings);
    }

    /** The same, asking how long a file lasts, by the name or address that the flow has for it; the script's own lines come first. */
    public FlowSimulator filesLasting(Function<String, Duration> length) {
        return new FlowSimulator(flow, script, new Settings(length, settings.flows, settings.limits, settings.depth));
    }

    /**
     * The same with other flows: asked by the file that a line of the script names, or else by the address that is fetched or the flow's id.
     */
    public FlowSimulator flows(Function<String, Optional<Flow>> flows) {
        return new FlowSimulator(flow, script, new Settings(settings.files, flows, settings.limits, settings.depth));
    }

    /** The same with other limits. */
    public FlowSimulator limits(FlowLimits limits) {
        return new FlowSimulator(flow, script, new Settings(settings.files, settings.flows, limits, settings.depth));
    }

    /** Runs it to its end. The same flow and script come to the same transcript. */
    public FlowSimulation run() {
        return new Simulating(flow, script, settings).run();
    }

    /** Runs it once for each of these. */
    public List<FlowSimulation> runAll(List<CallerScript> callers) {
        return callers.stream().map(caller -> with(caller).run()).toList();
    }
}
