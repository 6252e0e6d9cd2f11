package dev.outdial.server.calls.live;

import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.server.calls.CallSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the sound of a call was like, made of its totals as they were at each second. Of a long call neighbours are put together, so that
 * it takes no more room than a quarter of an hour. <b>Threading:</b> any.
 */
final class Course {
    private static final int MOST_STEPS = 900;
    private static final long SECOND_MILLIS = 1000;

    private final List<Step> steps = new ArrayList<>();
    private Optional<Instant> begun = Optional.empty();
    private CallStatistics before = CallStatistics.NONE;
    private int secondsAStep = 1;
    private Step filling = Step.NONE;

    /**
     * @param seconds that are in it
     * @param power the sum of the seconds' means, of those whose level is known; full scale is 1
     * @param heard how many those are
     */
    private record Step(int seconds, long received, long lost, double jitterMillis, double power, int heard) {
        static final Step NONE = new Step(0, 0, 0, 0, 0, 0);

        static Step of(CallStatistics total, CallStatistics before) {
            OptionalDouble level = total.levelDbov();
            return new Step(
                    1,
                    Math.max(0, total.received() - before.received()),
                    // What comes late was counted as lost before.
                    Math.max(0, total.lost() - before.lost()),
                    total.jitterMillis(),
                    level.isPresent() ? Math.pow(10, level.getAsDouble() / 10) : 0,
                    level.isPresent() ? 1 : 0);
        }

        /** The jitter is a mean already, that of the later end stands for both. */
        Step and(Step later) {
            boolean silent = later.received == 0;
            return new Step(
                    seconds + later.seconds,
                    received + later.received,
                    lost + later.lost,
                    silent ? jitterMillis : later.jitterMillis,
                    power + later.power,
                    heard + later.heard);
        }

        CallSeries.Point point() {
            long expected = received + lost;
            return new CallSeries.Point(
                    received == 0 ? OptionalDouble.empty() : OptionalDouble.of(jitterMillis),
                    expected == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * lost / expected),
                    heard == 0 ? OptionalDouble.empty() : OptionalDouble.of(10 * Math.log10(power / heard)));
        }
    }

    /** A second is over. @param at when; the first says where it begins */
    synchronized void second(CallStatistics total, Instant at) {
        if (begun.isEmpty()) begun = Optional.of(at.minusMillis(SECOND_MILLIS));
        Step step = Step.of(total, before);
        before = total;
        filling = filling.and(step);
        if (filling.seconds() < secondsAStep) return;
        steps.add(filling);
        filling = Step.NONE;
        if (steps.size() == MOST_STEPS) halve();
    }

    private void halve() {
        for (int i = 0; i < MOST_STEPS / 2; i++) {
            steps.set(i, steps.get(2 * i).and(steps.get(2 * i + 1)));
        }
        steps.subList(MOST_STEPS / 2, MOST_STEPS).clear();
        secondsAStep *= 2;
    }

    /** So far; empty before the first second is over. */
    synchronized Optional<CallSeries> series() {
        if (steps.isEmpty()) return Optional.empty();
        return begun.map(instant -> new CallSeries(
                instant,
                secondsAStep * SECOND_MILLIS,
                steps.stream().map(Step::point).toList()));
    }
}
