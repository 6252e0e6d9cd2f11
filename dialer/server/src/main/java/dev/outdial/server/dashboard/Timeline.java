package dev.outdial.server.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened in a call, as people read it. Pure. */
final class Timeline {
    private Timeline() {}

    /** Of what an entry tells. */
    enum Lane {
        CALL,
        MEDIA,
        KEYS,
        FLOW;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A line of it.
     *
     * @param detail may be empty
     */
    record Entry(Instant at, Lane lane, String title, String detail) {}

    /** Keys that follow each other are one entry; what tells people nothing is left out. */
    static List<Entry> of(List<CallEventRecord> events) {
        var entries = new ArrayList<Entry>();
        for (CallEventRecord event : events) {
            Entry entry = entry(event);
            if (entry.title().isEmpty()) continue;
            boolean goesOn = !entries.isEmpty()
                    && entry.lane() == Lane.KEYS
                    && entries.getLast().title().equals(entry.title());
            if (goesOn) {
                Entry before = entries.removeLast();
                entries.add(
                        new Entry(before.at(), before.lane(), before.title(), before.detail() + " " + entry.detail()));
            } else {
                entries.add(entry);
            }
        }
        return List.copyOf(entries);
    }

    private static Entry entry(CallEventRecord event) {
        JsonNode data = CallViews.stored(event.data());
        String type = event.type();
        return switch (type.substring(0, Math.max(0, type.indexOf('.')))) {
            case "call" -> new Entry(event.time(), Lane.CALL, call(type), callDetail(type, data));
            case "dtmf" ->
                new Entry(
                        event.time(),
                        Lane.KEYS,
                        type.equals("dtmf.sent") ? "keys sent" : "keys heard",
                        data.path("digit").asText(data.path("digits").asText()));
            case "gather" -> new Entry(event.time(), Lane.KEYS, "gathered", words(data, "digits", "reason"));
            case "media", "recording" -> new Entry(event.time(), Lane.MEDIA, media(type), mediaDetail(type, data));
            case "flow", "action" -> new Entry(event.time(), Lane.FLOW, flow(type), flowDetail(data));
            default -> new Entry(event.time(), Lane.CALL, type, trouble(data));
        };
    }

    private static String trouble(JsonNode data) {
        String where = data.path("where").asText();
        return (where.isEmpty() ? "" : where + ": ") + data.path("message").asText();
    }

    private static String call(String type) {
        return switch (type) {
            case "call.created" -> "accepted";
            case "call.dialing" -> "dialling";
            case "call.updated" -> "";
            default -> type.substring("call.".length());
        };
    }

    private static String callDetail(String type, JsonNode data) {
        JsonNode call = data.path("call");
        return switch (type) {
            case "call.answered" ->
                words(data, "codec") + (data.path("encrypted").asBoolean() ? " encrypted" : "");
            case "call.ended" -> words(call.isObject() ? call : data, "sip_code", "sip_phrase", "cause");
            default -> "";
        };
    }

    private static String media(String type) {
        return switch (type) {
            case "media.started" -> "sound begins";
            case "media.done" -> "sound ends";
            case "recording.started" -> "recording begins";
            case "recording.done" -> "recording ends";
            default -> type;
        };
    }

    private static String mediaDetail(String type, JsonNode data) {
        String what = words(data, "kind", "what");
        long millis = data.path("duration_ms").asLong();
        boolean isOver = type.endsWith(".done") && millis > 0;
        return isOver ? (what.isEmpty() ? "" : what + ", ") + Words.span(millis) + " long" : what;
    }

    private static String flow(String type) {
        return switch (type) {
            case "flow.started" -> "flow begins";
            case "flow.ended" -> "flow ends";
            case "action.started" -> "step";
            default -> type;
        };
    }

    private static String flowDetail(JsonNode data) {
        String id = data.path("action_id").asText();
        String action = data.path("action").asText();
        return id.isEmpty() || id.equals(action) ? action + words(data, "reason") : id + " (" + action + ")";
    }

    private static String words(JsonNode data, String... names) {
        var words = new ArrayList<String>();
        for (String name : names) {
            String word = data.path(name).asText();
            if (!word.isEmpty() && !data.path(name).isNull()) words.add(word);
        }
        return String.join(" ", words);
    }
}
