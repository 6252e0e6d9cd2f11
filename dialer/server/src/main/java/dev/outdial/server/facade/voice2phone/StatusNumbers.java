package dev.outdial.server.facade.voice2phone;

import dev.outdial.server.calls.CallEnd;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The numbers that stand for where a call stands: only 2 is ever printed, so a setting may change each. Pure. */
final class StatusNumbers {
    private static final Map<String, Integer> USUAL = Map.of(
            "queued", 0,
            "in_progress", 1,
            "completed", 2,
            "busy", 3,
            "no_answer", 4,
            "failed", 5,
            "rejected", 6,
            "canceled", 7);

    private final Map<String, Integer> numbers = new HashMap<>(USUAL);

    /** @param setting such as {@code busy=13, failed=15}; checked when it was read */
    StatusNumbers(String setting) {
        for (String pair : setting.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0)
                numbers.put(
                        pair.substring(0, equals).strip(),
                        Integer.parseInt(pair.substring(equals + 1).strip()));
        }
    }

    int of(CallRecord call) {
        return numbers.getOrDefault(word(call), 0);
    }

    private static String word(CallRecord call) {
        Optional<CallEnd> end = CallEnd.of(call);
        if (end.isEmpty()) {
            boolean isInvited = call.invited().isPresent() || call.ringing().isPresent();
            return call.status() == CallStatus.QUEUED
                            || !isInvited && call.answered().isEmpty()
                    ? "queued"
                    : "in_progress";
        }
        return switch (end.get()) {
            case COMPLETED -> "completed";
            case BUSY -> "busy";
            case NO_ANSWER -> "no_answer";
            case FAILED -> "failed";
            case REJECTED -> "rejected";
            case CANCELED -> "canceled";
        };
    }
}
