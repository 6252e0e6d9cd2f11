package dev.outdial.server.dashboard;

import dev.outdial.server.facade.Asked;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Whether a POST comes from a page of ours, and not from another site in the same browser. Pure. */
final class Csrf {
    /** The field of each form. */
    static final String FIELD = "csrf";

    /** What scripts send in its place. */
    static final String HEADER = "X-CSRF-Token";

    private Csrf() {}

    /** What browsers say of where it comes from; those who say nothing are no browsers, or old. */
    static boolean isFromHere(Asked asked) {
        Optional<String> site = asked.header("Sec-Fetch-Site");
        if (site.isPresent())
            return site.get().equals("same-origin") || site.get().equals("none");
        // By its host alone: in front of us somebody else may speak TLS.
        return asked.header("Origin")
                .map(origin -> origin.endsWith("://" + asked.header("Host").orElse("")))
                .orElse(true);
    }

    /** Whether the word is the right one; takes as long for a wrong one. */
    static boolean same(String wanted, String shown) {
        return !wanted.isEmpty()
                && MessageDigest.isEqual(
                        wanted.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }
}
