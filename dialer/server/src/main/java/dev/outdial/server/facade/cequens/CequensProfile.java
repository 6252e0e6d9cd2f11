package dev.outdial.server.facade.cequens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallEnd;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.webhook.Profile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells each status of a call by a GET and, when it is over, all its keys by another. The addresses lie in {@link Callbacks#extra}. Pure.
 * <b>Threading:</b> any.
 */
public final class CequensProfile implements Profile {
    /** What callbacks name it by; also the origin of the calls. */
    public static final String NAME = "cequens";

    private static final Duration TRY = Duration.ofSeconds(10);
    private static final String STATUS = "status";
    private static final String DTMF = "dtmf";

    /** Where a call's events go; empty where nobody waits for them. */
    static Optional<Callbacks> callbacks(CallWish wish) {
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        wish.statusUrl().ifPresent(url -> extra.put(STATUS, url));
        wish.dtmfUrl().ifPresent(url -> extra.put(DTMF, url));
        return wish.statusUrl()
                .or(wish::dtmfUrl)
                .map(first -> new Callbacks(first, "GET", TRY, "", NAME, JsonText.write(extra)));
    }

    @Override
    public List<Message> messages(CallEventRecord event, Optional<CallRecord> call, Callbacks to) {
        return call.map(known -> messages(event, known, to)).orElse(List.of());
    }

    @Override
    public Manner manner() {
        return Manner.THREE;
    }

    private static List<Message> messages(CallEventRecord event, CallRecord call, Callbacks to) {
        // A webhook of the account has one address, and no extra.
        boolean isWebhook = to.extra().isEmpty();
        JsonNode urls = isWebhook ? JsonNodeFactory.instance.objectNode() : JsonText.ours(to.extra());
        String statusUrl = isWebhook ? to.url() : urls.path(STATUS).asText("");
        String dtmfUrl = urls.path(DTMF).asText("");
        boolean isOver = event.type().equals("call.ended");
        var messages = new ArrayList<Message>();
        Optional<String> status = status(event, call);
        if (status.isPresent() && !statusUrl.isEmpty()) {
            Map<String, String> told = about(call);
            told.put(STATUS, status.get());
            told.put("timestamp", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
            if (isOver) told.put("duration", Long.toString(seconds(call)));
            sipCode(event, call).ifPresent(code -> told.put("sip_code", code));
            messages.add(get(statusUrl, told, call));
        }
        if (isOver && !dtmfUrl.isEmpty()) {
            Map<String, String> told = about(call);
            told.put(DTMF, keys(call.digitsAll()));
            messages.add(get(dtmfUrl, told, call));
        }
        return messages;
    }

    private static Map<String, String> about(CallRecord call) {
        var told = new LinkedHashMap<String, String>();
        told.put("call_id", call.id());
        told.put("recipient", call.to().target());
        return told;
    }

    private static Message get(String url, Map<String, String> told, CallRecord call) {
        if (!call.metadata().isEmpty()) told.put("metadata", call.metadata());
        return new Message("GET", CallbackUrl.with(url, told), "", "", Map.of());
    }

    private static Optional<String> status(CallEventRecord event, CallRecord call) {
        return switch (event.type()) {
            case "call.created" -> Optional.of("INITIATED");
            case "call.ringing" -> Optional.of("RINGING");
            case "call.answered" -> Optional.of("ANSWERED");
            case "call.ended" -> CallEnd.of(call).map(CequensProfile::word);
            default -> Optional.empty();
        };
    }

    private static String word(CallEnd end) {
        return switch (end) {
            case COMPLETED -> "COMPLETED";
            case BUSY -> "BUSY";
            case NO_ANSWER -> "NOANSWER";
            case REJECTED -> "REJECTED";
            case FAILED -> "FAILED";
            case CANCELED -> "CANCELED";
        };
    }

    private static Optional<String> sipCode(CallEventRecord event, CallRecord call) {
        if (event.type().equals("call.ringing")) {
            return Optional.of(JsonText.ours(event.data()).path("sip_code").asText(""))
                    .filter(code -> !code.isEmpty());
        }
        return call.sipCode().isPresent()
                ? Optional.of(Integer.toString(call.sipCode().getAsInt()))
                : Optional.empty();
    }

    /** How long they talked, to the nearest second. */
    private static long seconds(CallRecord call) {
        Instant ended = call.ended().orElse(call.updated());
        long millis = call.answered()
                .map(from -> Duration.between(from, ended).toMillis())
                .orElse(0L);
        return Math.max(0, Math.round(millis / 1000.0));
    }

    /** The # that ends the input is no part of it. */
    static String keys(String pressed) {
        return pressed.endsWith("#") ? pressed.substring(0, pressed.length() - 1) : pressed;
    }
}
