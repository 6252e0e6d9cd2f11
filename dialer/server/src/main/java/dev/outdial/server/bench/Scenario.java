package dev.outdial.server.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One load and what it is held against.
 *
 * @param name such as {@code 500-one-way}
 * @param calls how many at once
 * @param callsPerSecond how fast they are placed and hung up
 * @param twoWay whether the callees speak, take no telephone-events and press keys as tones
 * @param onOneCore whether the load's process may use one core only
 * @param targets what is expected
 */
public record Scenario(
        String name, int calls, int callsPerSecond, boolean twoWay, boolean onOneCore, List<Target> targets) {
    private static final double LONGEST_INTERVAL_MILLIS = 40;

    public Scenario {
        targets = List.copyOf(targets);
    }

    /** The loads that {@code docs/performance.md} tells of. */
    public static List<Scenario> all() {
        return List.of(
                new Scenario("500-one-way", 500, 50, false, false, manyOneWay()),
                new Scenario("200-two-way", 200, 50, true, false, someTwoWay()),
                new Scenario("2000-one-way", 2000, 50, false, true, atTheLimit(2000, false)),
                new Scenario("1000-two-way", 1000, 50, true, true, atTheLimit(1000, true)));
    }

    private static List<Target> manyOneWay() {
        List<Target> targets = nothingLost(500, false);
        targets.add(noneMissed());
        targets.add(Target.atMost("CPU % per 100 calls", 3.0, Figures::cpuPercentPer100Calls));
        targets.add(Target.atMost("interval error p99 ms", 1.0, Figures::p99Millis));
        targets.add(Target.atMost("interval error p99.9 ms", 2.5, Figures::p999Millis));
        targets.add(Target.atMost("Java threads", 12, Figures::javaThreads));
        targets.add(Target.atMost("RSS MB", 300, Figures::rssMegabytes));
        return targets;
    }

    private static List<Target> someTwoWay() {
        List<Target> targets = nothingLost(200, true);
        targets.add(noneMissed());
        targets.add(Target.atMost("CPU % per 100 calls", 6.5, Figures::cpuPercentPer100Calls));
        return targets;
    }

    private static List<Target> atTheLimit(int calls, boolean twoWay) {
        List<Target> targets = nothingLost(calls, twoWay);
        targets.add(Target.atMost("longest interval ms", LONGEST_INTERVAL_MILLIS, Figures::longestIntervalMillis));
        return targets;
    }

    private static Target noneMissed() {
        return Target.atMost("packet times missed", 0, Figures::lateTicks);
    }

    private static List<Target> nothingLost(int calls, boolean twoWay) {
        List<Target> targets = new ArrayList<>();
        targets.add(Target.atLeast("calls answered", calls, Figures::answered));
        targets.add(Target.atMost("packets lost on the way out", 0, Figures::lostOut));
        if (twoWay) {
            targets.add(Target.atMost("packets lost on the way in", 0, Figures::lostIn));
            // A key that is released as the call ends may be missed.
            targets.add(Target.atLeast("keys heard %", 99, Figures::keysHeardPercent));
        }
        return targets;
    }

    List<Target.Verdict> judge(Figures figures) {
        return targets.stream().map(target -> target.judge(figures)).toList();
    }
}
