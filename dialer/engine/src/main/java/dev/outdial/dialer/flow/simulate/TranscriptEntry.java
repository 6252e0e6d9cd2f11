package dev.outdial.dialer.flow.simulate;

import java.time.Duration;

/**
 * Something that took place in a simulated call.
 *
 * @param at how long after the call was placed, or came in
 * @param event what
 */
public record TranscriptEntry(Duration at, TranscriptEvent event) {
    /** Such as {@code 4.000  "Press 1"}, with the seconds first. */
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%8.3f  %s", at.toMillis() / 1000.0, event.sentence());
    }
}
