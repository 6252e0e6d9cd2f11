package dev.outdial.sip.session;

import dev.outdial.sip.message.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an INVITE offers beyond the core of SIP, and which of the far end's objections were met already: each is met once a call.
 *
 * @param supported the option tags of Supported
 * @param required those of Require
 * @param sessionSeconds Session-Expires
 * @param minSeconds Min-SE
 * @param raised a 422 was met
 * @param reduced a 420 was met
 * @param glared a 491 was met
 */
record Extensions(
        List<String> supported,
        List<String> required,
        OptionalInt sessionSeconds,
        int minSeconds,
        boolean raised,
        boolean reduced,
        boolean glared) {
    private static final String RELIABLE = "100rel";
    private static final String TIMER = "timer";
    private static final int LEAST_SECONDS = 90;
    private static final int MOST_SECONDS = 86_400;

    static Extensions of(InviteOptions options) {
        return new Extensions(
                List.of(RELIABLE, TIMER, "replaces"),
                options.reliable() ? List.of(RELIABLE) : List.of(),
                options.sessionSeconds(),
                LEAST_SECONDS,
                false,
                false,
                false);
    }

    boolean offersTimer() {
        return supported.contains(TIMER);
    }

    List<Header> headers() {
        var headers = new ArrayList<Header>();
        if (!supported.isEmpty()) headers.add(new Header("Supported", String.join(", ", supported)));
        if (!required.isEmpty()) headers.add(new Header("Require", String.join(", ", required)));
        if (!offersTimer()) return headers;
        sessionSeconds.ifPresent(seconds -> headers.add(new Header("Session-Expires", Integer.toString(seconds))));
        headers.add(new Header("Min-SE", Integer.toString(minSeconds)));
        return headers;
    }

    /** As a 422 asks for (RFC 4028 section 7.4); empty where that was done before, or makes no sense. */
    Optional<Extensions> raisedTo(long leastSeconds) {
        boolean sensible = leastSeconds > minSeconds && leastSeconds <= MOST_SECONDS;
        if (raised || !sensible || !offersTimer()) return Optional.empty();
        int least = (int) leastSeconds;
        return Optional.of(new Extensions(
                supported,
                required,
                OptionalInt.of(Math.max(least, sessionSeconds.orElse(least))),
                least,
                true,
                reduced,
                glared));
    }

    /** As a 420 asks for (RFC 3261 section 8.1.3.5); empty where that was done before, or there is nothing to leave out. */
    Optional<Extensions> without(List<String> refused) {
        List<String> lower = refused.stream()
                .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
                .toList();
        List<String> stillSupported =
                supported.stream().filter(tag -> !lower.contains(tag)).toList();
        List<String> stillRequired =
                required.stream().filter(tag -> !lower.contains(tag)).toList();
        if (reduced || (stillSupported.equals(supported) && stillRequired.equals(required))) return Optional.empty();
        return Optional.of(
                new Extensions(stillSupported, stillRequired, sessionSeconds, minSeconds, raised, true, glared));
    }

    /** After a 491; empty where there was one before. */
    Optional<Extensions> afterGlare() {
        return glared
                ? Optional.empty()
                : Optional.of(new Extensions(supported, required, sessionSeconds, minSeconds, raised, reduced, true));
    }
}
