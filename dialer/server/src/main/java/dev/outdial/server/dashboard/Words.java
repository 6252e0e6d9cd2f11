package dev.outdial.server.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How times, numbers and states are written for people. Pure. */
final class Words {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(":ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter WHOLE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final double GOOD_MOS = 4.0;
    private static final double FAIR_MOS = 3.5;

    private Words() {}

    /** {@code 0:07}, {@code 12:30}, {@code 1:02:03}. */
    static String time(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** {@code 120 ms}, {@code 3.4 s}, {@code 1:05}. */
    static String span(long millis) {
        if (millis < 1000) return millis + " ms";
        if (millis < 60_000) return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        return time(Duration.ofMillis(millis));
    }

    /** The time of the day, with the day where it is another one. */
    static Html clock(Instant at, Viewer viewer) {
        ZonedDateTime local = at.atZone(viewer.zone());
        LocalDate today = viewer.now().atZone(viewer.zone()).toLocalDate();
        boolean isToday = local.toLocalDate().equals(today);
        return Html.of(
                "<time datetime=\"{}\" title=\"{}\">{}{}<span class=\"wide\">{}</span></time>",
                CallViews.time(at),
                WHOLE.format(local),
                isToday ? "" : DAY.format(local) + " ",
                CLOCK.format(local),
                SECONDS.format(local));
    }

    /** {@code 1.4 MB}. */
    static String size(long bytes) {
        if (bytes < 1000) return bytes + " B";
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1000.0)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }

    /** Whom the call is about: who is called, or who calls us. */
    static String party(CallRecord call) {
        return shown(call.direction().equals("incoming") ? call.from() : call.to());
    }

    /** A number or an address with its name. */
    static String shown(Address address) {
        if (address.target().isEmpty()) return "—";
        return address.name().isEmpty() ? address.target() : address.target() + " (" + address.name() + ")";
    }

    /** An arrow that says who called. */
    static Html direction(CallRecord call) {
        return call.direction().equals("incoming")
                ? Html.of("<span class=\"dir\" title=\"incoming\">←</span>")
                : Html.of("<span class=\"dir\" title=\"outgoing\">→</span>");
    }

    /** Where it stands, or how it ended. */
    static Html state(CallRecord call) {
        if (call.status() == CallStatus.HANGUP) return badge(outcomeTone(call.outcome()), call.outcome());
        return switch (call.status()) {
            case QUEUED -> badge("quiet", "waiting");
            case DIALING -> badge("busy", "dialling");
            case RINGING -> badge("busy", "ringing");
            case PROGRESSING ->
                call.answered().isPresent() ? badge("good live", "talking") : badge("busy", "early media");
            case CANCELING, TERMINATING -> badge("quiet", "ending");
            case HANGUP -> throw new IllegalStateException("looked at above");
        };
    }

    static String outcomeTone(String outcome) {
        return switch (outcome) {
            case "completed" -> "good";
            case "busy", "no-answer", "rejected" -> "warn";
            case "canceled" -> "quiet";
            default -> "bad";
        };
    }

    /** A word with a colour that says the same. */
    static Html badge(String tone, String word) {
        return Html.of("<span class=\"badge {}\">{}</span>", tone, word);
    }

    /** How long it was talked, or has rung; empty before. */
    static Optional<Duration> duration(CallRecord call, Instant now) {
        Instant end = call.ended().orElse(now);
        return call.answered().or(call::ringing).or(call::invited).map(begin -> Duration.between(begin, end));
    }

    /** The mean opinion score with a colour. @param rtp figures as JSON; empty for none */
    static Html mos(String rtp) {
        JsonNode mos = CallViews.stored(rtp).path("mos");
        if (!mos.isNumber()) return Html.of("<span class=\"none\">–</span>");
        double value = mos.asDouble();
        String tone = value >= GOOD_MOS ? "good" : value >= FAIR_MOS ? "warn" : "bad";
        return Html.of("<span class=\"mos {}\">{}</span>", tone, String.format(Locale.ROOT, "%.1f", value));
    }

    /** The text, or a dash. */
    static Html orDash(String text) {
        return text.isEmpty() ? Html.of("<span class=\"none\">–</span>") : Html.of("{}", text);
    }
}
