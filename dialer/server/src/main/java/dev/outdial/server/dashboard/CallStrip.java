package dev.outdial.server.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallViews;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A call over its time, drawn: what it was doing, what was heard, which keys came, which step of the flow ran. One time axis, a lane each.
 * Pure.
 */
final class CallStrip {
    private static final List<Long> STEPS = List.of(
            100L,
            250L,
            500L,
            1_000L,
            2_000L,
            5_000L,
            10_000L,
            15_000L,
            30_000L,
            60_000L,
            120_000L,
            300_000L,
            600_000L,
            1_800_000L,
            3_600_000L);
    private static final int MOST_TICKS = 9;
    private static final int KEYS_IN_LANE = 30;
    private static final long SHORTEST_MILLIS = 400;

    private final Instant begin;
    private final long millis;
    private final CallRecord call;
    private final List<CallEventRecord> events;
    private final Instant end;

    private CallStrip(CallRecord call, List<CallEventRecord> events, Instant now) {
        this.call = call;
        this.events = events;
        this.begin = call.invited().orElse(call.created());
        this.end = call.ended().orElse(now);
        this.millis = Math.max(SHORTEST_MILLIS, Duration.between(begin, end).toMillis());
    }

    /** The drawing; nothing where nobody was dialled yet. */
    static Html of(CallRecord call, List<CallEventRecord> events, Instant now) {
        return call.invited().isEmpty() && call.answered().isEmpty()
                ? Html.NOTHING
                : new CallStrip(call, events, now).html();
    }

    private Html html() {
        return Html.of(
                "<div class=\"strip\" role=\"img\" aria-label=\"{}\">{}{}{}{}{}</div>",
                "The call over its time, " + Words.span(millis) + "; the list below tells the same",
                lane("", "axis", axis()),
                lane("call", "call", phases()),
                lane("sound", "media", sounds()),
                lane("keys", "keys", keys()),
                lane("flow", "flow", steps()));
    }

    private static Html lane(String name, String kind, List<Html> marks) {
        return marks.isEmpty()
                ? Html.NOTHING
                : Html.of("<span>{}</span><svg class=\"lane {}\">{}</svg>", name, kind, marks);
    }

    private List<Html> axis() {
        // As many as there is room for; on a telephone each second one is hidden.
        long step = STEPS.stream()
                .filter(one -> millis / one <= MOST_TICKS)
                .findFirst()
                .orElse(STEPS.getLast());
        var ticks = new ArrayList<Html>();
        for (long at = 0; at <= millis; at += step) {
            // The last label would stand outside.
            if (at > millis * 0.97) break;
            String place = percent(at);
            ticks.add(Html.of(
                    "<g><line x1=\"{}\" x2=\"{}\" y1=\"12\" y2=\"18\"/><text x=\"{}\" dx=\"{}\" y=\"10\">{}</text></g>",
                    place,
                    place,
                    place,
                    at == 0 ? "0" : "-6",
                    label(at)));
        }
        return ticks;
    }

    private static String label(long at) {
        if (at == 0) return "0";
        if (at % 1000 != 0) return String.format(Locale.ROOT, "%.1f s", at / 1000.0);
        return at < 60_000 ? at / 1000 + " s" : Words.time(Duration.ofMillis(at));
    }

    private List<Html> phases() {
        var phases = new ArrayList<Html>();
        Instant answered = call.answered().orElse(end);
        Instant ringing = call.ringing().filter(at -> at.isBefore(answered)).orElse(answered);
        phases.add(bar(begin, ringing, "dialing", "dialling"));
        phases.add(bar(ringing, answered, "ringing", "ringing"));
        if (call.answered().isPresent()) phases.add(bar(answered, end, "talking", "talking"));
        return phases;
    }

    private List<Html> sounds() {
        var marks = new ArrayList<Html>();
        Optional<Instant> recording = Optional.empty();
        Optional<Instant> sound = Optional.empty();
        for (CallEventRecord event : events) {
            JsonNode data = CallViews.stored(event.data());
            switch (event.type()) {
                case "media.started" -> sound = Optional.of(event.time());
                case "media.done" -> {
                    Instant from =
                            event.time().minusMillis(data.path("duration_ms").asLong());
                    marks.add(bar(from, event.time(), "sound", data.path("kind").asText()));
                    sound = Optional.empty();
                }
                case "recording.started" -> recording = Optional.of(event.time());
                case "recording.done" -> {
                    Instant until = event.time();
                    recording.ifPresent(from -> marks.add(under(from, until)));
                    recording = Optional.empty();
                }
                default -> {}
            }
        }
        recording.ifPresent(from -> marks.add(under(from, end)));
        sound.ifPresent(from -> marks.add(bar(from, end, "sound", "")));
        return marks;
    }

    private Html under(Instant from, Instant until) {
        return Html.of(
                "<rect class=\"recording\" x=\"{}\" width=\"{}\" y=\"19\" height=\"3\"><title>recording</title></rect>",
                percent(at(from)),
                percent(at(until) - at(from)));
    }

    /** Keys that would stand on one another are one word. */
    private List<Html> keys() {
        var marks = new ArrayList<Html>();
        var word = new StringBuilder();
        String type = "";
        long since = 0;
        long last = 0;
        for (CallEventRecord event : events) {
            if (!event.type().startsWith("dtmf.")) continue;
            long at = at(event.time());
            boolean isApart = !event.type().equals(type) || (at - last) * KEYS_IN_LANE > millis;
            if (isApart) {
                marks.add(keys(type, word.toString(), since));
                word.setLength(0);
                since = at;
                type = event.type();
            }
            word.append(CallViews.stored(event.data()).path("digit").asText());
            last = at;
        }
        marks.add(keys(type, word.toString(), since));
        marks.removeIf(mark -> mark.toString().isEmpty());
        return marks;
    }

    private Html keys(String type, String word, long since) {
        return Html.when(
                !word.isEmpty(),
                Html.of(
                        "<text class=\"{}\" x=\"{}\" y=\"14\">{}<title>{}</title></text>",
                        type.equals("dtmf.sent") ? "sent" : "heard",
                        percent(since),
                        word,
                        "keys " + word + ", at " + Words.span(since)));
    }

    private List<Html> steps() {
        var marks = new ArrayList<Html>();
        Optional<Instant> since = Optional.empty();
        String step = "";
        for (CallEventRecord event : events) {
            boolean isStep = event.type().equals("action.started");
            if (!isStep && !event.type().equals("flow.ended")) continue;
            String before = step;
            since.ifPresent(from -> marks.add(bar(from, event.time(), "step", before)));
            since = isStep ? Optional.of(event.time()) : Optional.empty();
            step = CallViews.stored(event.data()).path("action_id").asText();
        }
        String last = step;
        since.ifPresent(from -> marks.add(bar(from, end, "step", last)));
        return marks;
    }

    /** A bar with its word in it, cut off where the bar ends. */
    private Html bar(Instant from, Instant until, String kind, String word) {
        if (!until.isAfter(from)) return Html.NOTHING;
        return Html.of(
                "<svg x=\"{}\" width=\"{}\" height=\"18\"><title>{}</title><rect class=\"{}\" width=\"100%\" height=\"18\" rx=\"2\"/>"
                        + "<text x=\"5\" y=\"13\">{}</text></svg>",
                percent(at(from)),
                percent(Math.max(1, at(until) - at(from))),
                word + " " + Words.span(Duration.between(from, until).toMillis()),
                kind,
                word);
    }

    private long at(Instant time) {
        return Math.clamp(Duration.between(begin, time).toMillis(), 0, millis);
    }

    private String percent(long at) {
        return String.format(Locale.ROOT, "%.2f%%", at * 100.0 / millis);
    }
}
