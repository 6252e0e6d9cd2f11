package dev.outdial.server.dashboard;

import dev.outdial.server.calls.StoredBytes;
import dev.outdial.server.calls.TraceRecord;
import dev.outdial.server.calls.TraceService;
import dev.outdial.server.http.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was on the wire of a call, as its page shows it. Errors as {@link TraceService}. <b>Threading:</b> any. */
final class Traces {
    private final TraceService traces;

    /** In which form it is wanted. */
    enum Form {
        /** The ladder as a drawing: markup that is put into a page as it is, an element with an id for each message. */
        SVG,
        /** The ladder as text. */
        TEXT,
        /** Figures by the second: {@code interval_ms}, {@code jitter_ms}, {@code loss_percent}, {@code level_dbov}. */
        SERIES
    }

    /**
     * A SIP message.
     *
     * @param id that its element in the drawing has
     * @param text all of it, secrets blanked
     */
    record Message(String id, String text) {}

    Traces(TraceService traces) {
        this.traces = traces;
    }

    /** The bytes of that form; empty where nothing was kept. */
    Optional<byte[]> find(String account, String callId, Form form) {
        return switch (form) {
            case SERIES -> traces.series(account, callId).map(series -> JsonText.bytes(series.json()));
            case SVG -> kept(account, callId).map(TraceRecord::svg).map(Traces::bytes);
            case TEXT -> kept(account, callId).map(TraceRecord::text).map(Traces::bytes);
        };
    }

    private Optional<TraceRecord> kept(String account, String callId) {
        return Optional.of(traces.trace(account, callId))
                .filter(trace -> !trace.trace().entries().isEmpty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A file for Wireshark; empty where nothing was kept. */
    Optional<StoredBytes> capture(String account, String callId) {
        return kept(account, callId).map(TraceRecord::pcap);
    }

    /** Those of the drawing, in its order. */
    List<Message> messages(String account, String callId) {
        var messages = new ArrayList<Message>();
        traces.trace(account, callId)
                .json()
                .path("messages")
                .forEach(message -> messages.add(new Message(
                        message.path("id").asText(), message.path("text").asText())));
        return messages;
    }
}
