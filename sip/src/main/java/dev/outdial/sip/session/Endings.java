package dev.outdial.sip.session;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEnd.Cause;
import dev.outdial.sip.event.SessionEnd.EndedBy;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.Reasons;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.session.InviteAction.Tell;
import dev.outdial.sip.session.Phase.Over;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How a session ends that was never answered, and what is left to do after any end. */
final class Endings {
    private static final int MOST_REDIRECTS = 10;
    private static final String SILENCE = "no response to the INVITE within 32 seconds";
    private static final String NEVER_LEFT = "the INVITE could not be sent within 32 seconds";
    private static final String HUNG_UP = "hung up before the answer";

    private Endings() {}

    static Step over(InviteState state, SessionEnd end, long now) {
        return EarlyUpdates.close(state)
                .then(s -> Step.to(
                        s.in(new Over(now + InviteTimer.LINGER.nanos())), new Tell(new SessionEvent.Ended(end))));
    }

    static SessionEnd silence() {
        return ended(Cause.NO_RESPONSE, EndedBy.REMOTE, SILENCE);
    }

    static SessionEnd neverLeft() {
        return ended(Cause.TRANSPORT, EndedBy.REMOTE, NEVER_LEFT);
    }

    static SessionEnd notSent(String why) {
        return ended(Cause.TRANSPORT, EndedBy.REMOTE, why);
    }

    static SessionEnd canceled() {
        return ended(Cause.CANCELED, EndedBy.LOCAL, HUNG_UP);
    }

    static SessionEnd answeredTooLate() {
        return ended(Cause.ANSWERED_TOO_LATE, EndedBy.LOCAL, HUNG_UP);
    }

    static SessionEnd refused(SipResponse response) {
        return refused(Cause.REJECTED, response, response.reason());
    }

    static SessionEnd refused(Cause cause, SipResponse response, String why) {
        return ended(cause, EndedBy.REMOTE, response, why);
    }

    // 487 is what a CANCEL asks for, and a challenge is not taken up any more; anything else crossed the CANCEL.
    static SessionEnd refusedOrCanceled(SipResponse response) {
        return switch (response.status()) {
            case 401, 407, 487 -> ended(Cause.CANCELED, EndedBy.LOCAL, response, HUNG_UP);
            default -> refused(response);
        };
    }

    static OptionalLong retryAfterSeconds(Headers headers) {
        return headers.seconds("Retry-After").map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static SessionEnd ended(Cause cause, EndedBy by, SipResponse response, String why) {
        return new SessionEnd(
                cause,
                by,
                OptionalInt.of(response.status()),
                why,
                Reasons.q850(response.headers()),
                false,
                response.status() / 100 == 3 ? redirects(response.headers()) : List.of(),
                retryAfterSeconds(response.headers()));
    }

    private static SessionEnd ended(Cause cause, EndedBy by, String why) {
        return new SessionEnd(cause, by, OptionalInt.empty(), why, OptionalInt.empty(), false);
    }

    // RFC 3261 section 8.1.3.4: those with the greatest q first, otherwise as they stand.
    private static List<String> redirects(Headers headers) {
        return headers.all("Contact").stream()
                .limit(4L * MOST_REDIRECTS)
                .flatMap(value -> NameAddress.parse(value).stream())
                .sorted(Comparator.comparingDouble(Endings::preference).reversed())
                .flatMap(address -> usable(address.uri()).stream())
                .limit(MOST_REDIRECTS)
                .toList();
    }

    private static double preference(NameAddress address) {
        String q = address.parameters().getOrDefault("q", "1");
        return q.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(q) : 1;
    }

    private static Optional<String> usable(String uri) {
        try {
            return Optional.of(SipUri.parse(uri).toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
