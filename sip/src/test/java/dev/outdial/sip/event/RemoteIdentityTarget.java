package dev.outdial.sip.event;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Anything as P-Asserted-Identity and From: it is read, or left out, and what is read can be shown. */
public final class RemoteIdentityTarget {
    static final List<String> SEEDS = List.of(
            "\"Doe, \\\"J\\\"\" <sip:+15551234;verstat=TN-Validation-Passed@example.com;user=phone>",
            "<tel:+15551234;verstat=No-TN-Validation>",
            "sip:+15551234@example.com;tag=1;verstat=TN-Validation-Failed");

    private RemoteIdentityTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String value = new String(input, StandardCharsets.UTF_8);
        Header asserted;
        try {
            asserted = new Header("P-Asserted-Identity", value);
        } catch (IllegalArgumentException e) {
            // The parser of messages lets no control characters through.
            return;
        }
        RemoteIdentity identity = RemoteIdentity.of(new Headers(List.of(asserted, new Header("From", value))));
        require(identity.uri().orElse("").chars().allMatch(c -> c > ' ' && c < 127), "a URI that can be shown");
        require(identity.verstat().orElse("x").matches("[A-Za-z0-9_-]{1,64}"), "a token");
        require(identity.displayName().orElse("").length() < 200, "a bounded name");
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("expected: " + what);
    }
}
