package dev.outdial.media.tone;

import java.util.List;

/**
 * One call-progress tone of a country.
 *
 * @param meaning what it says
 * @param hertz its frequencies, together; a tone whose amplitude is modulated is its carrier and the two beside it
 * @param cadenceMillis how long it sounds, is silent, sounds, and so on, over and over: an even number of times
 */
public record ProgressTone(Meaning meaning, List<Double> hertz, List<Integer> cadenceMillis) {
    /** What a tone says. */
    public enum Meaning {
        /** The phone rings. */
        RINGBACK,
        /** The callee is busy. */
        BUSY,
        /** The network is. */
        CONGESTION
    }

    private static final double HIGHEST_HERTZ = 3400;

    /** Copies the lists. */
    public ProgressTone {
        hertz = List.copyOf(hertz);
        cadenceMillis = List.copyOf(cadenceMillis);
        if (hertz.isEmpty() || hertz.stream().anyMatch(f -> !(f > 0 && f <= HIGHEST_HERTZ)))
            throw new IllegalArgumentException("tone of " + hertz + " Hz, expected some up to " + HIGHEST_HERTZ);
        if (cadenceMillis.isEmpty()
                || cadenceMillis.size() % 2 != 0
                || cadenceMillis.stream().anyMatch(millis -> millis < 1))
            throw new IllegalArgumentException(
                    "cadence of " + cadenceMillis + " ms, expected sound and silence in turn");
    }

    /** The sum of one turn of the cadence. */
    public int cycleMillis() {
        return cadenceMillis.stream().mapToInt(Integer::intValue).sum();
    }
}
