package dev.outdial.sip.dialog;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Parameters;
import dev.outdial.sip.message.SipAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Session timers (RFC 4028): what is offered, agreed and due. Pure. */
public final class SessionTimer {
    /** The option tag, for Supported and Require. */
    public static final String OPTION_TAG = "timer";

    private static final int LEAST_SECONDS = 90;
    // Whoever asks for more is refreshed sooner than needed, which harms nobody; and no sum of nanoseconds overflows.
    private static final int MOST_SECONDS = 86_400;
    private static final String SESSION_EXPIRES = "Session-Expires";
    private static final String MIN_SE = "Min-SE";

    private SessionTimer() {}

    /**
     * What was agreed on.
     *
     * @param intervalSeconds after how long without a refresh the session is over, 90 or more
     * @param weRefresh whether refreshing is ours to do
     */
    public record Terms(int intervalSeconds, boolean weRefresh) {
        /** Checks the range. */
        public Terms {
            if (intervalSeconds < 90) throw new IllegalArgumentException("session interval " + intervalSeconds + " s");
        }
    }

    /**
     * What a request of ours asks for.
     *
     * @param intervalSeconds after how long without a refresh the session is to be over, {@code minSeconds} - 86,400
     * @param minSeconds the shortest interval that does, 90 or more
     */
    public record Wish(int intervalSeconds, int minSeconds) {
        /** Half an hour, at least 90 s: what RFC 4028 section 4 recommends. */
        public static final Wish DEFAULT = new Wish(1800, LEAST_SECONDS);

        /** Checks the ranges. */
        public Wish {
            if (minSeconds < LEAST_SECONDS || intervalSeconds < minSeconds || intervalSeconds > MOST_SECONDS) {
                throw new IllegalArgumentException(
                        "session interval " + intervalSeconds + " s of at least " + minSeconds + " s");
            }
        }

        /** Supported, Session-Expires and Min-SE of an INVITE that leaves it to the far end who refreshes (section 7.1). */
        public List<Header> headers() {
            return headers("");
        }

        /** The same within a dialog, where the roles are to stay as they are (section 7.4). */
        List<Header> headers(boolean weRefresh) {
            return headers(weRefresh ? ";refresher=uac" : ";refresher=uas");
        }

        private List<Header> headers(String refresher) {
            return List.of(
                    new Header("Supported", OPTION_TAG),
                    new Header(SESSION_EXPIRES, intervalSeconds + refresher),
                    new Header(MIN_SE, String.valueOf(minSeconds)));
        }

        /** What to ask for after a 422 (section 7.3); empty where it asks for nothing more, or for more than a day. */
        public Optional<Wish> raised(Headers of422) {
            return of422.seconds(MIN_SE)
                    .filter(min -> min > minSeconds && min <= MOST_SECONDS)
                    .map(Long::intValue)
                    .map(min -> new Wish(Math.max(min, intervalSeconds), min));
        }

        /** What we may do by ourselves where the far end knows no timers: refreshing shows whether it is still there (section 7.2). */
        public Terms alone() {
            return new Terms(intervalSeconds, true);
        }
    }

    /** What is agreed on by a 2xx to our INVITE or UPDATE; empty where it names no interval: then there is none (section 7.2). */
    public static Optional<Terms> termsOfAnswer(Headers answer) {
        return answer.seconds(SESSION_EXPIRES)
                .map(SessionTimer::withinRange)
                .map(interval -> new Terms(interval, !refresher(answer).equals("uas")));
    }

    /** What becomes of what an INVITE or UPDATE of the far end asks for. */
    public sealed interface Asked {
        /** It is refused with this 422. */
        record TooSmall(SipAnswer answer) implements Asked {}

        /**
         * It is agreed to.
         *
         * @param terms empty where there is no timer
         * @param headers for the 2xx: Session-Expires and Require, or none
         */
        record Agreed(Optional<Terms> terms, List<Header> headers) implements Asked {
            /** Takes a copy. */
            public Agreed {
                headers = List.copyOf(headers);
            }
        }
    }

    /** What becomes of what the INVITE of a new dialog asks for (section 9). */
    public static Asked ofRequest(Headers request) {
        return ofRequest(request, Optional.empty());
    }

    /** The same within a dialog: where nothing is asked for, what was agreed on before is refreshed by us from now on. */
    static Asked ofRequest(Headers request, Optional<Terms> before) {
        boolean supported = tokens(request, "Supported").contains(OPTION_TAG)
                || tokens(request, "Require").contains(OPTION_TAG);
        Optional<Long> asked = request.seconds(SESSION_EXPIRES);
        if (asked.isEmpty()) {
            return before.map(terms -> agreed(terms.intervalSeconds(), true, supported))
                    .orElseGet(() -> new Asked.Agreed(Optional.empty(), List.of()));
        }
        if (asked.get() < LEAST_SECONDS) {
            // Who does not know timers would not know the 422 either: a proxy asked, against section 5.
            return supported
                    ? new Asked.TooSmall(
                            SipAnswer.of(422, "Session Interval Too Small").plus(MIN_SE, String.valueOf(LEAST_SECONDS)))
                    : new Asked.Agreed(Optional.empty(), List.of());
        }
        // Section 9, table 2: the far end refreshes where it can, unless it wants us to.
        return agreed(withinRange(asked.get()), !supported || refresher(request).equals("uas"), supported);
    }

    private static Asked.Agreed agreed(int interval, boolean weRefresh, boolean supported) {
        var headers = new ArrayList<Header>();
        headers.add(new Header(SESSION_EXPIRES, interval + ";refresher=" + (weRefresh ? "uas" : "uac")));
        if (supported) headers.add(new Header("Require", OPTION_TAG));
        return new Asked.Agreed(Optional.of(new Terms(interval, weRefresh)), headers);
    }

    private static int withinRange(long seconds) {
        return Math.clamp(seconds, LEAST_SECONDS, MOST_SECONDS);
    }

    private static String refresher(Headers headers) {
        return headers.first(SESSION_EXPIRES)
                .map(value -> Parameters.parse(value, ';').getOrDefault("refresher", ""))
                .orElse("")
                .toLowerCase(Locale.ROOT);
    }

    private static List<String> tokens(Headers headers, String name) {
        return InDialogRequests.tokens(headers, name).stream()
                .map(token -> token.toLowerCase(Locale.ROOT))
                .toList();
    }
}
