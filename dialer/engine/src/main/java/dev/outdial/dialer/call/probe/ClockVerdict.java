package dev.outdial.dialer.call.probe;

import dev.outdial.dialer.probe.ProbeStep;
import dev.outdial.sip.message.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Judges our clock by the trunk's Date header (RFC 3261 section 20.17). Pure. */
final class ClockVerdict {
    static final String NAME = "clock";

    /** What the header, of whole seconds, and the way here may come to. */
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private static final Duration FAR = Duration.ofSeconds(60);

    private ClockVerdict() {}

    /**
     * What it means.
     *
     * @param date the header; empty where the trunk sends none
     * @param at when it came, by our clock
     */
    static ProbeStep of(Optional<String> date, Instant at) {
        if (date.isEmpty()) {
            return ProbeStep.skipped(NAME, "the trunk does not say what time it is");
        }
        Instant theirs;
        try {
            theirs = DateTimeFormatter.RFC_1123_DATE_TIME
                    .withLocale(Locale.ROOT)
                    .parse(date.get().strip(), Instant::from);
        } catch (DateTimeParseException unreadable) {
            return ProbeStep.skipped(NAME, "the trunk's time cannot be read: " + Text.shown(date.get()));
        }
        Duration ahead = Duration.between(theirs, at);
        Duration apart = ahead.abs();
        if (apart.compareTo(CLOSE) <= 0) {
            return ProbeStep.ok(NAME, "our clock and the trunk's agree");
        }
        String seen = "our clock is " + apart.toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of")
                + " the trunk's";
        String advice =
                "one of the two is wrong: have this machine's clock set from the network (NTP); certificates, quiet hours and"
                        + " logs depend on it";
        return apart.compareTo(FAR) <= 0
                ? ProbeStep.ok(NAME, seen).advising(advice)
                : ProbeStep.failed(NAME, seen, advice);
    }
}
