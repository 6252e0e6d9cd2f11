package dev.outdial.sip.incoming;

import dev.outdial.sip.dialog.SessionTimer;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Parameters;
import dev.outdial.sip.message.SipAnswer;
import java.util.Optional;

/** What we make of the session interval that an INVITE asks for (RFC 4028 section 9). Pure. */
final class IntervalOffer {
    private static final long SHORTEST_SECONDS = 90;
    private static final long USUAL_SECONDS = 1_800;

    private IntervalOffer() {}

    /** A caller who understands it is asked for a longer interval, where its own is too short. */
    static Optional<SipAnswer> refusal(Headers invite) {
        boolean tooShort = asked(invite).filter(seconds -> seconds < SHORTEST_SECONDS).isPresent();
        return tooShort && supportsTimer(invite)
                ? Optional.of(SipAnswer.of(422, "Session Interval Too Small")
                        .plus("Min-SE", Long.toString(SHORTEST_SECONDS)))
                : Optional.empty();
    }

    /** What we agree to: the caller refreshes where it can and does not ask us to. */
    static Optional<SessionTimer.Terms> agreed(Headers invite) {
        Optional<Long> asked = asked(invite);
        boolean supported = supportsTimer(invite);
        if (asked.isEmpty()) return supported ? ours(invite) : Optional.empty();
        long seconds = asked.get();
        if (seconds < SHORTEST_SECONDS || seconds > Integer.MAX_VALUE) return Optional.empty();
        boolean weRefresh = !supported || "uas".equalsIgnoreCase(refresher(invite));
        return Optional.of(new SessionTimer.Terms((int) seconds, weRefresh));
    }

    private static Optional<SessionTimer.Terms> ours(Headers invite) {
        long shortest = invite.seconds("Min-SE").orElse(SHORTEST_SECONDS);
        return shortest > USUAL_SECONDS
                ? Optional.empty()
                : Optional.of(new SessionTimer.Terms((int) USUAL_SECONDS, true));
    }

    /** The 2xx says what was agreed. */
    static SipAnswer said(SipAnswer answer, Optional<SessionTimer.Terms> agreed) {
        if (agreed.isEmpty()) return answer;
        SessionTimer.Terms terms = agreed.get();
        SipAnswer said = answer.plus(
                "Session-Expires", terms.intervalSeconds() + ";refresher=" + (terms.weRefresh() ? "uas" : "uac"));
        return terms.weRefresh() ? said : said.plus("Require", "timer");
    }

    private static Optional<Long> asked(Headers invite) {
        return invite.seconds("Session-Expires").or(() -> invite.seconds("x"));
    }

    private static String refresher(Headers invite) {
        return invite.first("Session-Expires")
                .or(() -> invite.first("x"))
                .map(value -> Parameters.parse(value, ';').getOrDefault("refresher", ""))
                .orElse("");
    }

    private static boolean supportsTimer(Headers invite) {
        return OutOfDialog.words(invite, "Supported").anyMatch("timer"::equalsIgnoreCase)
                || OutOfDialog.words(invite, "Require").anyMatch("timer"::equalsIgnoreCase);
    }
}
