package dev.outdial.server.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the disk took to keep what a server wrote, as its {@code /metrics} says. A value.
 *
 * @param syncs how many there were
 * @param slow how many of them took longer than p99's target
 * @param longestMillis the longest of the last minutes
 */
public record DiskSyncs(long syncs, long slow, double longestMillis) {
    private static final String NAME = "outdial_store_sync_seconds";
    private static final double MILLIS = 1e3;

    /** @throws IllegalArgumentException where nothing is said of it */
    static DiskSyncs of(String metrics) {
        long all = (long) figure(metrics, NAME + "_count");
        long quick = (long) figure(metrics, NAME + "_bucket{le=\"" + ApiBench.P99_MILLIS / MILLIS + "\"}");
        return new DiskSyncs(all, all - quick, figure(metrics, NAME + "_max") * MILLIS);
    }

    private static double figure(String metrics, String name) {
        Matcher matcher =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
        if (!matcher.find()) throw new IllegalArgumentException("the metrics have no " + name);
        return Double.parseDouble(matcher.group(1));
    }

    /** Those since then. */
    DiskSyncs since(DiskSyncs before) {
        return new DiskSyncs(syncs - before.syncs, slow - before.slow, longestMillis);
    }

    /** A line for people. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "the disk took longer than %.0f ms for %d of %d syncs; the longest of the last minutes took %.2f ms",
                ApiBench.P99_MILLIS,
                slow,
                syncs,
                longestMillis);
    }
}
