package dev.outdial.testbed.counting;

import java.time.Duration;
import java.util.Optional;

/**
 * What counting callees do beside counting.
 *
 * @param speak whether they say a prompt, again and again; else they send nothing
 * @param takeEvents whether they agree to telephone-events; where they do not, their keys are tones in the sound
 * @param pressEvery how often each presses a key, each at another time, a second at least; empty for never. Needs {@code speak}
 * @param settle how long after the last call began the time begins that is reported as steady
 */
public record CountingOptions(boolean speak, boolean takeEvents, Optional<Duration> pressEvery, Duration settle) {
    private static final Duration OFTENEST = Duration.ofSeconds(1);

    /** Callees that send nothing. */
    public static final CountingOptions SILENT = new CountingOptions(false, true, Optional.empty(), Duration.ZERO);

    /** Checks that keys are pressed by those who speak, and not too often. */
    public CountingOptions {
        if (pressEvery.isPresent() && !speak) throw new IllegalArgumentException("who sends nothing presses no keys");
        if (pressEvery.isPresent() && pressEvery.get().compareTo(OFTENEST) < 0)
            throw new IllegalArgumentException(
                    "a key every " + pressEvery.get().toMillis() + " ms, at most one a second");
    }
}
