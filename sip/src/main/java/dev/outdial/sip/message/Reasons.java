package dev.outdial.sip.message;

import java.util.OptionalInt;

/** The Reason header (RFC 3326). */
public final class Reasons {
    private static final int ELSEWHERE = 26;

    private Reasons() {}

    /** The Q.850 cause, 0-127, where a Reason header holds one. */
    public static OptionalInt q850(Headers headers) {
        for (String value : headers.all("Reason")) {
            var parameters = Parameters.parse(value, ';');
            if (!parameters.containsKey("q.850")) continue;
            var cause = Headers.leadingNumber(parameters.getOrDefault("cause", ""));
            if (cause.isPresent() && cause.get() <= 127)
                return OptionalInt.of(cause.get().intValue());
        }
        return OptionalInt.empty();
    }

    /**
     * The value of a Reason header with that cause. For a call that somebody else took (26) it is what proxies say (section 2), and
     * telephones know: they list no missed call then.
     */
    public static String ofQ850(int cause) {
        return cause == ELSEWHERE ? "SIP;cause=200;text=\"Call completed elsewhere\"" : "Q.850;cause=" + cause;
    }
}
