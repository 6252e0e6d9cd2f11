package dev.outdial.sip.auth;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Digest challenge that can be answered.
 *
 * @param asker who asks, and so which header answers
 * @param realm as written between the quotes
 * @param nonce as written between the quotes
 * @param opaque to be sent back unchanged
 * @param stale only the nonce was too old; the credentials were right
 * @param algorithm which hash
 * @param qop the quality of protection to use; empty where the challenge is one of RFC 2069
 */
record Challenge(
        Asker asker,
        String realm,
        String nonce,
        Optional<String> opaque,
        boolean stale,
        DigestAlgorithm algorithm,
        Optional<Qop> qop) {

    /** Who asks for credentials. */
    enum Asker {
        /** The user agent or registrar at the far end (401). */
        SERVER("WWW-Authenticate", "Authorization"),
        /** A proxy on the way (407). */
        PROXY("Proxy-Authenticate", "Proxy-Authorization");

        private final String challengeHeader;
        private final String answerHeader;

        Asker(String challengeHeader, String answerHeader) {
            this.challengeHeader = challengeHeader;
            this.answerHeader = answerHeader;
        }

        String answerHeader() {
            return answerHeader;
        }
    }

    /** What the hash covers. */
    enum Qop {
        AUTH("auth"),
        AUTH_INT("auth-int");

        private final String token;

        Qop(String token) {
            this.token = token;
        }

        String token() {
            return token;
        }
    }

    /** The challenges in a response that this program can answer, in their order; all others are left out. */
    static List<Challenge> in(Headers headers) {
        var challenges = new ArrayList<Challenge>();
        for (Asker asker : Asker.values()) {
            for (String value : headers.all(asker.challengeHeader))
                parse(asker, value).ifPresent(challenges::add);
        }
        return challenges;
    }

    static Optional<Challenge> parse(Asker asker, String value) {
        String text = value.strip();
        if (!text.regionMatches(true, 0, "Digest ", 0, 7)) return Optional.empty();
        Map<String, String> parameters = Parameters.parse(text.substring(7), ',');
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(parameters.getOrDefault("algorithm", "MD5"));
        if (realm == null || nonce == null || algorithm.isEmpty()) return Optional.empty();
        Optional<Qop> qop = Optional.empty();
        String offered = parameters.get("qop");
        if (offered != null) {
            qop = choose(offered);
            if (qop.isEmpty()) return Optional.empty();
        }
        return Optional.of(new Challenge(
                asker,
                realm,
                nonce,
                Optional.ofNullable(parameters.get("opaque")),
                parameters.getOrDefault("stale", "").equalsIgnoreCase("true"),
                algorithm.get(),
                qop));
    }

    // auth before auth-int: proxies that touch the body would break the latter.
    private static Optional<Qop> choose(String offered) {
        var words = Arrays.stream(offered.split(",", -1))
                .map(w -> w.strip().toLowerCase(Locale.ROOT))
                .toList();
        return Arrays.stream(Qop.values())
                .filter(qop -> words.contains(qop.token))
                .findFirst();
    }
}
