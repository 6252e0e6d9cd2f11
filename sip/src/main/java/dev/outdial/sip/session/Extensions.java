package dev.outdial.sip.session;

import dev.outdial.sip.dialog.SessionTimer;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an INVITE offers beyond the core of SIP, and which of the far end's objections were met already: each is met once a call.
 *
 * @param supported the option tags of Supported
 * @param required those of Require
 * @param timer the session timer that is asked for
 * @param raised a 422 was met
 * @param reduced a 420 was met
 * @param glared a 491 was met
 */
record Extensions(
        List<String> supported,
        List<String> required,
        Optional<SessionTimer.Wish> timer,
        boolean raised,
        boolean reduced,
        boolean glared) {
    private static final String RELIABLE = "100rel";
    private static final String REPLACES = "replaces";

    static Extensions of(InviteOptions options) {
        return new Extensions(
                List.of(RELIABLE, SessionTimer.OPTION_TAG, REPLACES),
                options.reliable() ? List.of(RELIABLE) : List.of(),
                options.timer(),
                false,
                false,
                false);
    }

    List<Header> headers() {
        var headers = new ArrayList<Header>();
        if (!supported.isEmpty()) headers.add(new Header("Supported", String.join(", ", supported)));
        if (!required.isEmpty()) headers.add(new Header("Require", String.join(", ", required)));
        timer.ifPresent(wish -> wish.headers().stream()
                .filter(header -> !header.is("Supported"))
                .forEach(headers::add));
        return headers;
    }

    /** What the 2xx settles; nothing where it speaks of a timer that we do not support. */
    Optional<SessionTimer.Terms> agreed(Headers answer) {
        return supported.contains(SessionTimer.OPTION_TAG) ? SessionTimer.termsOfAnswer(answer) : Optional.empty();
    }

    /** As a 422 asks for (RFC 4028 section 7.3); empty where that was done before, or makes no sense. */
    Optional<Extensions> raised(Headers refusal) {
        if (raised) return Optional.empty();
        return timer.flatMap(wish -> wish.raised(refusal))
                .map(wish -> new Extensions(supported, required, Optional.of(wish), true, reduced, glared));
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
        Optional<SessionTimer.Wish> still = stillSupported.contains(SessionTimer.OPTION_TAG) ? timer : Optional.empty();
        return Optional.of(new Extensions(stillSupported, stillRequired, still, raised, true, glared));
    }

    /** After a 491; empty where there was one before. */
    Optional<Extensions> afterGlare() {
        return glared
                ? Optional.empty()
                : Optional.of(new Extensions(supported, required, timer, raised, reduced, true));
    }
}
