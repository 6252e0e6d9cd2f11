package dev.outdial.server.facade.voice2phone;

import dev.outdial.server.calls.CallEnd;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What can be told of a call soon after it was asked for. */
enum FirstSign {
    /** Nothing yet. */
    NONE,
    /** It is on its way, or was. */
    GOES,
    /** It came to nothing at once. */
    REFUSED,
    /** It was not dialled in time. */
    NOT_DIALLED;

    /** A trunk that says no at once says so sooner. */
    static final Duration TRUNK = Duration.ofSeconds(1);

    /** @param patience how long it may wait to be dialled */
    static FirstSign of(CallRecord call, Duration patience, Instant now) {
        Optional<CallEnd> end = CallEnd.of(call);
        if (end.isPresent()) return isRefused(call, end.get()) ? REFUSED : GOES;
        boolean isHeardOf = call.status() != CallStatus.QUEUED && call.status() != CallStatus.DIALING;
        if (isHeardOf) return GOES;
        if (call.invited().isPresent()) return call.invited().get().plus(TRUNK).isAfter(now) ? NONE : GOES;
        if (call.created().plus(patience).isAfter(now)) return NONE;
        return call.status() == CallStatus.QUEUED ? NOT_DIALLED : GOES;
    }

    /** Who is busy, or wants no call, was called; what has no answer of a far end was not. */
    private static boolean isRefused(CallRecord call, CallEnd end) {
        return end == CallEnd.FAILED
                || end == CallEnd.REJECTED && call.sipCode().isEmpty();
    }
}
