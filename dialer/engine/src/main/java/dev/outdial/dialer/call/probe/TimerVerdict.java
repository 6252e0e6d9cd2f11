package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.probe.ParkJitter;
import dev.outdial.dialer.probe.ProbeStep;
import java.util.Locale;

/** Judges how exactly a machine sleeps. Pure. */
final class TimerVerdict {
    static final String NAME = "timer";

    /** Half a packet: later than that, packets begin to miss their time. */
    private static final double MOST_LATE_MILLIS = 10;

    private TimerVerdict() {}

    /** What it means. */
    static ProbeStep of(ParkJitter jitter) {
        String seen = String.format(
                Locale.ROOT,
                "of %d sleeps of 1 ms, 99 %% were at most %.2f ms late, the worst %.2f ms",
                jitter.parks(),
                jitter.p99Millis(),
                jitter.maxMillis());
        return jitter.p99Millis() <= MOST_LATE_MILLIS
                ? ProbeStep.ok(NAME, seen)
                : ProbeStep.failed(
                        NAME,
                        seen,
                        "this machine is too busy, or a guest that gets its turns late: sound will stutter; leave it more room, and"
                                + " look at what else runs");
    }
}
