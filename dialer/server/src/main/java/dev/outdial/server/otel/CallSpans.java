package dev.outdial.server.otel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.TraceParent;
import dev.outdial.server.otel.SpanValue.Kind;
import dev.outdial.server.otel.SpanValue.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A call that is over as spans, by its stored events: one from when it was asked for to its end, and within it one for each INVITE, to its
 * final answer. Keys are counted and never told. Names are those of OpenTelemetry's semantic conventions where they have one, {@code
 * outdial.*} where not. Pure.
 */
final class CallSpans {
    /** Nobody did anything wrong: nobody picked up, say. */
    private static final Set<String> ORDINARY = Set.of("completed", "busy", "no-answer", "canceled");

    private final CallRecord call;
    private final List<CallEventRecord> events;
    private final UnaryOperator<String> masked;
    private final List<Point> points = new ArrayList<>();
    private final List<SpanValue> invites = new ArrayList<>();
    private Optional<Invite> open = Optional.empty();
    private long keyCount;
    private long recordingCount;
    private String why = "";

    /** An INVITE that has no final answer yet. */
    private record Invite(Instant start, JsonNode call) {}

    private CallSpans(CallRecord call, List<CallEventRecord> events, UnaryOperator<String> masked) {
        this.call = call;
        this.events = events;
        this.masked = masked;
    }

    /**
     * Its span.
     *
     * @param events of the call, in order
     * @param masked takes out of a text what is nobody's business
     */
    static SpanValue of(CallRecord call, List<CallEventRecord> events, UnaryOperator<String> masked) {
        return new CallSpans(call, events, masked).span();
    }

    /** The span that the call is a part of, as the request that placed it said. */
    static Optional<String> parent(List<CallEventRecord> events) {
        return events.stream()
                .filter(event -> event.type().equals("call.created"))
                .map(event -> data(event).path("traceparent").asText(""))
                .filter(TraceParent::isOne)
                .findFirst();
    }

    private static JsonNode data(CallEventRecord event) {
        return CallViews.stored(event.data());
    }

    private SpanValue span() {
        events.forEach(this::take);
        Instant end = end();
        // A call to us has no event for the INVITE: it came with the call.
        if (isIncoming()) open = Optional.of(new Invite(call.created(), CallViews.json(call)));
        if (open.isPresent())
            answered(call.answered().orElse(end), call.outcome(), call.sipCode().orElse(-1));
        return new SpanValue(
                isIncoming() ? "incoming call" : "outgoing call",
                Kind.INTERNAL,
                call.created(),
                end,
                attributes(),
                points,
                error(call.outcome(), why),
                invites);
    }

    private boolean isIncoming() {
        return call.direction().equals("incoming");
    }

    private Instant end() {
        Instant last = call.ended().orElse(call.updated());
        return last.isBefore(call.created()) ? call.created() : last;
    }

    private void take(CallEventRecord event) {
        JsonNode data = data(event);
        switch (event.type()) {
            case "call.dialing" -> {
                // A further way of the same call, while the one before still rings or was given up.
                if (open.isPresent()) answered(event.time(), "", -1);
                open = Optional.of(new Invite(event.time(), data.path("call")));
            }
            case "call.updated" -> updated(event, data);
            case "call.ringing" ->
                point(
                        data.path("early_media").asBoolean() ? "early media" : "ringing",
                        event,
                        Map.of("outdial.sip.status_code", data.path("sip_code").asLong()));
            case "call.answered" -> {
                point(
                        "answered",
                        event,
                        Map.of("outdial.codec", data.path("codec").asText()));
                if (open.isPresent()) answered(event.time(), "completed", 200);
            }
            case "dtmf.received" -> keyCount++;
            case "recording.started" -> {
                recordingCount++;
                point("recording started", event, Map.of());
            }
            case "recording.done" ->
                point(
                        "recording ended",
                        event,
                        Map.of("outdial.reason", data.path("reason").asText()));
            case "amd.result" ->
                point(
                        "machine detection",
                        event,
                        Map.of("outdial.result", data.path("result").asText()));
            case "call.ended" -> {
                why = data.path("why").asText();
                point(
                        "ended",
                        event,
                        Map.of("outdial.outcome", data.path("outcome").asText()));
            }
            // What there is besides is of the flow, and of webhooks.
            default -> {}
        }
    }

    private void updated(CallEventRecord event, JsonNode data) {
        if (data.has("failed_outcome") && open.isPresent()) {
            answered(
                    event.time(),
                    data.path("failed_outcome").asText(),
                    data.path("failed_sip_code").asInt(-1));
        } else if (data.has("waits_for") && open.isPresent()) {
            open = Optional.empty(); // nothing was sent under that permit
        } else if (data.path("changed").path(0).asText().equals("early_media")) {
            point("early media", event, Map.of());
        }
    }

    private void answered(Instant end, String outcome, int sipCode) {
        Invite invite = open.orElseThrow();
        open = Optional.empty();
        String sipCallId = invite.call().path("sip_call_id").asText();
        // Refused by our own guard: nothing was sent.
        if (sipCallId.isEmpty()) return;
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("network.protocol.name", "sip");
        attributes.put("outdial.sip.call_id", sipCallId);
        attributes.put("outdial.trunk", invite.call().path("trunk").asText());
        attributes.put("outdial.attempt", invite.call().path("attempts").asLong());
        if (sipCode > 0) attributes.put("outdial.sip.status_code", (long) sipCode);
        if (!outcome.isEmpty()) attributes.put("outdial.outcome", outcome);
        Optional<String> error = call.answered().isPresent() && outcome.equals(call.outcome())
                ? Optional.empty()
                : error(outcome, sipCode > 0 ? "SIP " + sipCode : "");
        error.ifPresent(text -> attributes.put("error.type", sipCode > 0 ? Integer.toString(sipCode) : outcome));
        invites.add(new SpanValue(
                "INVITE",
                isIncoming() ? Kind.SERVER : Kind.CLIENT,
                invite.start(),
                end.isBefore(invite.start()) ? invite.start() : end,
                attributes,
                List.of(),
                error,
                List.of()));
    }

    private static Optional<String> error(String outcome, String why) {
        return outcome.isEmpty() || ORDINARY.contains(outcome)
                ? Optional.empty()
                : Optional.of(why.isEmpty() ? outcome : why);
    }

    private void point(String name, CallEventRecord event, Map<String, Object> attributes) {
        points.add(new Point(name, event.time(), attributes));
    }

    private Map<String, Object> attributes() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("outdial.call.id", call.id());
        attributes.put("outdial.account", call.account());
        attributes.put("outdial.direction", call.direction());
        attributes.put("outdial.api", call.origin());
        attributes.put("outdial.trunk", call.trunk());
        attributes.put("outdial.to", masked.apply(call.to().target()));
        attributes.put("outdial.from", masked.apply(call.from().target()));
        attributes.put("outdial.attempts", (long) call.attempts());
        attributes.put("outdial.keys", keyCount);
        attributes.put("outdial.recordings", recordingCount);
        attributes.put("outdial.outcome", call.outcome());
        attributes.put("outdial.hangup.by", call.hangupBy());
        attributes.put("outdial.hangup.reason", call.hangupReason());
        call.q850().ifPresent(cause -> attributes.put("outdial.q850", (long) cause));
        call.sipCode().ifPresent(code -> attributes.put("outdial.sip.status_code", (long) code));
        if (!call.codec().isEmpty()) attributes.put("outdial.codec", call.codec());
        if (!call.masterCallId().isEmpty()) attributes.put("outdial.master_call.id", call.masterCallId());
        if (error(call.outcome(), "").isPresent()) attributes.put("error.type", call.outcome());
        attributes.values().removeIf(""::equals);
        return attributes;
    }
}
