package dev.outdial.sip.auth;

import dev.outdial.sip.auth.DigestAuth.Outcome;
import dev.outdial.sip.auth.DigestAuth.Signed;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Anything as the value of a challenge and of Authentication-Info: it is answered with one header of one line, or passed over. */
public final class ChallengeTarget {
    static final List<String> SEEDS = List.of(
            "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, nonce=\"7ypf/xlj9XXwfDPE\", opaque=\"FQhe/qaU\"",
            "Digest realm=\"a \\\"quoted\\\" one\", nonce=\"n\", stale=true, domain=\"sip:a sip:b\", userhash=true, charset=UTF-8",
            "Digest qop=auth-int,auth, algorithm=MD5-sess, nonce=abc, realm=plain, nextnonce=\"m\"");

    private static final Signed REGISTER = new Signed("REGISTER", "sip:example.com", Optional.empty());
    private static final DigestAuth AUTH = DigestAuth.of(Optional.of(Credentials.of("bob", "zanzibar")));

    private ChallengeTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Headers response;
        try {
            String value = new String(input, StandardCharsets.UTF_8);
            response = Headers.of("WWW-Authenticate", value, "Authentication-Info", value);
        } catch (IllegalArgumentException e) {
            // A header with a control character does not come past the reader of messages.
            return;
        }
        if (!(AUTH.answer(response, Tries.NONE, REGISTER, "c") instanceof Outcome.Answer answer)) return;
        require(answer.headers().size() == 1, "one header");
        Header again = answer.auth()
                .taught(response)
                .authorize(REGISTER, "d")
                .headers()
                .getFirst();
        require(again.name().equals("Authorization"), "the header that answers the server");
        // Whoever asks may know the word, and then it comes back as the realm.
        boolean known =
                new String(input, StandardCharsets.UTF_8).replace("\\", "").contains("zanzibar");
        require(known || !(again.value() + answer.headers().getFirst().value()).contains("zanzibar"), "no password");
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new AssertionError("expected: " + what);
    }
}
