package dev.outdial.server.cli;

import dev.outdial.dialer.SendLateness;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a load came to: the JSON object of {@code outdial load --json}.
 *
 * @param asked how many were asked for; more than {@code calls} only where the load was cut short
 * @param calls how many were placed: {@code answered} and {@code failed} together
 * @param answered how many were answered and ended properly
 * @param failed how many ended otherwise
 * @param causes how many of those by outcome and SIP status
 */
record LoadReport(int asked, int calls, int answered, int failed, Map<String, Integer> causes, Lateness lateness) {

    /** How late packets left against the ideal 20 ms grid, in milliseconds. */
    record Lateness(long packets, double p50Millis, double p99Millis, double p999Millis, double maxMillis) {
        static Lateness of(SendLateness lateness) {
            return new Lateness(
                    lateness.packets(),
                    millis(lateness.median()),
                    millis(lateness.p99()),
                    millis(lateness.p999()),
                    millis(lateness.max()));
        }

        private static double millis(Duration duration) {
            return Math.round(duration.toNanos() / 1e3) / 1e3;
        }
    }

    List<String> lines() {
        return List.of(
                (calls == asked ? "" : "cut short: ") + calls + " of " + asked + " calls placed: " + answered
                        + " answered, " + failed + " failed " + causes,
                String.format(
                        Locale.ROOT,
                        "send-time lateness of %d packets: p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, max %.3f ms",
                        lateness.packets(),
                        lateness.p50Millis(),
                        lateness.p99Millis(),
                        lateness.p999Millis(),
                        lateness.maxMillis()));
    }
}
