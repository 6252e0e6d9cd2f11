package dev.outdial.server.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A bound that a figure has to keep. Immutable. */
public final class Target {
    private final String name;
    private final ToDoubleFunction<Figures> figure;
    private final boolean atMost;
    private final double limit;

    private Target(String name, ToDoubleFunction<Figures> figure, boolean atMost, double limit) {
        this.name = name;
        this.figure = figure;
        this.atMost = atMost;
        this.limit = limit;
    }

    static Target atMost(String name, double limit, ToDoubleFunction<Figures> figure) {
        return new Target(name, figure, true, limit);
    }

    static Target atLeast(String name, double limit, ToDoubleFunction<Figures> figure) {
        return new Target(name, figure, false, limit);
    }

    /**
     * A target and what became of it in one run.
     *
     * @param target the bound, in words
     * @param measured the figure
     * @param met whether it keeps the bound; what could not be measured does not
     */
    public record Verdict(String target, double measured, boolean met) {
        String line() {
            return String.format(Locale.ROOT, "%-8s %s: %.2f", met ? "met" : "NOT MET", target, measured);
        }
    }

    Verdict judge(Figures figures) {
        double measured = figure.applyAsDouble(figures);
        // Not a number is neither at most nor at least anything.
        boolean met = atMost ? measured <= limit : measured >= limit;
        String bound = name + (atMost ? " at most " : " at least ") + String.format(Locale.ROOT, "%s", limit);
        return new Verdict(bound.replaceFirst("\\.0$", ""), measured, met);
    }
}
