package dev.outdial.server.facade.bandwidth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.UrlPassword;
import dev.outdial.server.http.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A call as this API shows it. Pure. */
final class CallView {
    private static final long BLOCK_SECONDS = 60;

    private CallView() {}

    static ObjectNode json(CallRecord call, String base) {
        String id = Ids.of(Ids.CALL, call.id());
        String place = base + "/calls/" + id;
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("direction", call.direction().equals("incoming") ? "in" : "out")
                .put("from", call.from().target())
                .put("to", call.to().target())
                .put("state", state(call))
                .put("startTime", CallViews.time(call.created()));
        time(json, "activeTime", call.answered());
        time(json, "endTime", call.ended());
        JsonNode own = CallViews.stored(call.metadata());
        if (call.ringMillisLimit() > 0) json.put("callTimeout", call.ringMillisLimit() / 1000);
        call.callbacks().ifPresent(callbacks -> {
            json.put("callbackUrl", UrlPassword.masked(callbacks.url()))
                    .put("callbackHttpMethod", callbacks.method().toLowerCase(java.util.Locale.ROOT))
                    .put("callbackTimeout", callbacks.timeout().toMillis());
            if (!callbacks.fallbackUrl().isEmpty())
                json.put("fallbackUrl", UrlPassword.masked(callbacks.fallbackUrl()));
        });
        chargeable(call).ifPresent(seconds -> json.put("chargeableDuration", seconds));
        if (!call.bridgeId().isEmpty()) {
            json.put("bridgeId", Ids.of(Ids.BRIDGE, call.bridgeId()))
                    .put("bridge", base + "/bridges/" + Ids.of(Ids.BRIDGE, call.bridgeId()));
        }
        json.put("events", place + "/events")
                .put("recordings", place + "/recordings")
                .put("transcriptions", place + "/transcriptions")
                .put("recordingEnabled", call.record())
                .put("recordingFileFormat", "wav")
                .put("transcriptionEnabled", own.path("transcriptionEnabled").asBoolean(false));
        if (!call.headers().isEmpty()) {
            ObjectNode headers = json.putObject("sipHeaders");
            call.headers().forEach(headers::put);
        }
        if (!call.tag().isEmpty()) json.put("tag", call.tag());
        return json;
    }

    private static void time(ObjectNode json, String name, Optional<Instant> time) {
        time.ifPresent(known -> json.put(name, CallViews.time(known)));
    }

    /** Where it stands, in this API's five words. */
    static String state(CallRecord call) {
        return switch (call.status()) {
            case QUEUED, DIALING, RINGING, CANCELING -> "started";
            case PROGRESSING, TERMINATING -> "active";
            case HANGUP -> call.answered().isEmpty() && call.cause().equals("CALL_REJECTED") ? "rejected" : "completed";
        };
    }

    /** Begun minutes of talk; nothing while it goes on. */
    private static Optional<Long> chargeable(CallRecord call) {
        if (call.status() != CallStatus.HANGUP) return Optional.empty();
        if (call.answered().isEmpty() || call.ended().isEmpty()) return Optional.of(0L);
        long millis =
                Duration.between(call.answered().get(), call.ended().get()).toMillis();
        long blockMillis = BLOCK_SECONDS * 1000;
        return Optional.of(Math.max(1, (millis + blockMillis - 1) / blockMillis) * BLOCK_SECONDS);
    }

    /** Why it ended, by one of this API's names. */
    static String cause(CallRecord call) {
        return switch (call.cause()) {
            case "RECOVERY_ON_TIMER_EXPIRE" -> "NORMAL_TEMPORARY_FAILURE";
            case "ANSWERED_ELSEWHERE" -> "NORMAL_CLEARING";
            case "" -> "NORMAL_UNSPECIFIED";
            default -> call.cause();
        };
    }
}
