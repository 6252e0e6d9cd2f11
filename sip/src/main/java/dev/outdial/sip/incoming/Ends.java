package dev.outdial.sip.incoming;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Parameters;
import dev.outdial.sip.message.Reasons;
import dev.outdial.sip.message.SipRequest;
import java.util.OptionalInt;

/** The ways in which a call to us ends before it is a session. */
final class Ends {
    /** Q.850: non-selected user clearing; what another phone of ours answered. */
    private static final int ELSEWHERE = 26;

    private Ends() {}

    static SessionEnd refused(int status, String reason) {
        return new SessionEnd(
                Cause.REJECTED_HERE, EndedBy.LOCAL, OptionalInt.of(status), reason, OptionalInt.empty(), false);
    }

    /** By CANCEL, or by a BYE before the answer. */
    static SessionEnd canceled(SipRequest request) {
        return new SessionEnd(
                Cause.CANCELED,
                EndedBy.REMOTE,
                OptionalInt.of(487),
                "the caller hung up before the answer",
                cause(request.headers()),
                false);
    }

    static SessionEnd expired() {
        return new SessionEnd(
                Cause.CANCELED,
                EndedBy.REMOTE,
                OptionalInt.of(487),
                "the time that the caller gave for an answer has passed",
                OptionalInt.empty(),
                false);
    }

    static SessionEnd provisionalNotAcknowledged() {
        return new SessionEnd(
                Cause.NOT_ACKNOWLEDGED,
                EndedBy.REMOTE,
                OptionalInt.of(500),
                "a reliable provisional response was not acknowledged within 32 seconds",
                OptionalInt.empty(),
                false);
    }

    static SessionEnd notAcknowledged(String why) {
        return new SessionEnd(
                Cause.NOT_ACKNOWLEDGED, EndedBy.REMOTE, OptionalInt.empty(), why, OptionalInt.empty(), true);
    }

    // RFC 3326 2: a proxy cancels the other phones with SIP;cause=200 once one has answered.
    private static OptionalInt cause(Headers headers) {
        OptionalInt q850 = Reasons.q850(headers);
        if (q850.isPresent()) return q850;
        boolean elsewhere = headers.all("Reason").stream()
                .map(value -> Parameters.parse(value, ';'))
                .anyMatch(reason -> reason.containsKey("sip") && "200".equals(reason.get("cause")));
        return elsewhere ? OptionalInt.of(ELSEWHERE) : OptionalInt.empty();
    }
}
