package dev.outdial.server.cli;

import dev.outdial.dialer.SendLateness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a load came to: the JSON object of {@code outdial load --json}.
 *
 * @param asked how many were asked for; more than {@code calls} only where the load was cut short
 * @param calls how many were placed: {@code answered} and {@code failed} together
 * @param answered how many were answered and ended properly
 * @param failed how many ended otherwise
 * @param causes how many of those by outcome and SIP status
 * @param lateness of all packets since the start
 * @param rtp the packets of all calls together
 * @param keysHeard how many keys the far ends pressed
 * @param waited how many were dialled late, since as many as there may be at a time had not ended yet
 * @param setup what setting up and tearing down took; null where {@code --warm-up} was not given
 * @param steady what the process took while all calls were up; null where {@code --steady} was not given
 *     or none was up
 */
record LoadReport(
        int asked,
        int calls,
        int answered,
        int failed,
        Map<String, Integer> causes,
        Lateness lateness,
        Rtp rtp,
        long keysHeard,
        int waited,
        @Nullable Setup setup,
        @Nullable Steady steady) {

    /**
     * What setting up and tearing down took, from the end of the warm-up to the end of the last call.
     *
     * @param answered how many calls were dialled in that time and answered
     * @param p50Millis from the INVITE handed to the wire to its 2xx, as a listener sees it
     * @param cpuPercent of one core, the whole process
     */
    record Setup(
            int answered, double seconds, double p50Millis, double p99Millis, double maxMillis, double cpuPercent) {
        static Setup of(long[] setupNanos, double seconds, double cpuPercent) {
            long[] sorted = setupNanos.clone();
            Arrays.sort(sorted);
            return new Setup(
                    sorted.length,
                    seconds,
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.99),
                    quantile(sorted, 1),
                    cpuPercent);
        }

        private static double quantile(long[] sorted, double share) {
            int index = (int) Math.min(sorted.length - 1, Math.floor(sorted.length * share));
            return Math.round(sorted[index] / 1e3) / 1e3;
        }
    }

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

    /**
     * What went over the media wires of all calls.
     *
     * @param lateTicks packet times that were missed: no packet was sent in them, nor later for them
     */
    record Rtp(long sent, long received, long lost, long lateTicks) {
        Rtp plus(CallResult.RtpReport call) {
            return new Rtp(
                    sent + call.sent(), received + call.received(), lost + call.lost(), lateTicks + call.lateTicks());
        }
    }

    /**
     * What the process took from the last answer to the first hang-up.
     *
     * @param calls how many were up at the beginning of that time
     * @param lateTicks packet times that were missed in that time, all calls together; the loop's own count is a second old
     * @param cpuPercent of one core, the whole process
     * @param rssMegabytes resident memory at the end; null where the system does not say (2^20 bytes)
     * @param heapKilobytesPerCall what each call keeps in the heap, garbage aside (2^10 bytes)
     * @param javaThreads platform threads at the end, without the virtual machine's own (among them the carriers of virtual
     *     threads) and those that were there before the dialer
     * @param collectors what each garbage collector did in that time
     */
    record Steady(
            int calls,
            double seconds,
            long lateTicks,
            double cpuPercent,
            double cpuPercentPer100Calls,
            @Nullable Double rssMegabytes,
            double heapKilobytesPerCall,
            int javaThreads,
            List<String> javaThreadNames,
            Map<String, Collections> collectors) {}

    /** How often a collector worked and how long in all. */
    record Collections(long count, long millis) {}

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add((calls == asked ? "" : "cut short: ") + calls + " of " + asked + " calls placed: " + answered
                + " answered, " + failed + " failed " + causes);
        lines.add(String.format(
                Locale.ROOT,
                "send-time lateness of %d packets: p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, max %.3f ms",
                lateness.packets(),
                lateness.p50Millis(),
                lateness.p99Millis(),
                lateness.p999Millis(),
                lateness.maxMillis()));
        lines.add("RTP: " + rtp.sent() + " sent, " + rtp.received() + " received, " + rtp.lost() + " lost, "
                + rtp.lateTicks() + " packet times missed; " + keysHeard + " keys heard");
        if (waited > 0) {
            lines.add(waited + " calls waited until another one was over");
        }
        if (setup != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "set-up of %d calls in %.1f s: p50 %.2f ms, p99 %.2f ms, max %.2f ms; %.1f %% of one core",
                    setup.answered(),
                    setup.seconds(),
                    setup.p50Millis(),
                    setup.p99Millis(),
                    setup.maxMillis(),
                    setup.cpuPercent()));
        }
        if (steady != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "steady for %.1f s with %d calls: %.1f %% of one core (%.2f per 100 calls), %s MB,"
                            + " %.1f KB of heap a call, %d Java threads",
                    steady.seconds(),
                    steady.calls(),
                    steady.cpuPercent(),
                    steady.cpuPercentPer100Calls(),
                    steady.rssMegabytes() == null ? "?" : String.valueOf(Math.round(steady.rssMegabytes())),
                    steady.heapKilobytesPerCall(),
                    steady.javaThreads()));
        }
        return lines;
    }
}
