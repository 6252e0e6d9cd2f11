package dev.outdial.sip.session;

import dev.outdial.sip.dialog.SessionTimer;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Parameters;
import java.util.Optional;

/** What a 2xx says of the session timer that our INVITE offered (RFC 4028 section 7.2). */
final class SessionTimers {
    private SessionTimers() {}

    static Optional<SessionTimer.Terms> agreed(Extensions offered, Headers answer) {
        if (!offered.offersTimer()) return Optional.empty();
        Optional<String> value = answer.first("Session-Expires");
        Optional<Long> seconds = value.flatMap(Headers::leadingNumber).filter(s -> s >= 90 && s <= 86_400);
        // The refresher must be named; where it is not, whoever wants the session must care for it.
        boolean theyRefresh = value.map(text -> Parameters.parse(text, ';').getOrDefault("refresher", ""))
                .filter("uas"::equalsIgnoreCase)
                .isPresent();
        return seconds.map(s -> new SessionTimer.Terms(s.intValue(), !theyRefresh));
    }
}
