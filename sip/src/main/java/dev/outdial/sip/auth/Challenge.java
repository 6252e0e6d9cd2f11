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
 * @param realm escapes undone
 * @param nonce as written between the quotes
 * @param opaque as written between the quotes, to be sent back unchanged
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
        SERVER("WWW-Authenticate", "Authorization", "Authentication-Info"),
        /** A proxy on the way (407). */
        PROXY("Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info");

        private final String challengeHeader;
        private final String answerHeader;
        private final String infoHeader;

        Asker(String challengeHeader, String answerHeader, String infoHeader) {
            this.challengeHeader = challengeHeader;
            this.answerHeader = answerHeader;
            this.infoHeader = infoHeader;
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
        List<String> offered = offered(parameters);
        Optional<Qop> qop = choose(offered);
        if (qop.isEmpty() && !offered.isEmpty()) return Optional.empty();
        return Optional.of(new Challenge(
                asker,
                unescaped(realm),
                nonce,
                Optional.ofNullable(parameters.get("opaque")),
                parameters.getOrDefault("stale", "").equalsIgnoreCase("true"),
                algorithm.get(),
                qop));
    }

    /** The nonce that a response with success asks to be used next. */
    static Optional<String> nextNonce(Asker asker, Headers headers) {
        return headers.first(asker.infoHeader)
                .map(value -> Parameters.parse(value, ',').getOrDefault("nextnonce", ""))
                .filter(nonce -> !nonce.isEmpty());
    }

    Challenge withNonce(String next) {
        return new Challenge(asker, realm, next, opaque, false, algorithm, qop);
    }

    // Some forget the quotes around a list: what follows its first comma looks like parameters without a value.
    private static List<String> offered(Map<String, String> parameters) {
        var words = new ArrayList<String>();
        for (String word : parameters.getOrDefault("qop", "").split(",", -1)) {
            if (!word.isBlank()) words.add(word.strip().toLowerCase(Locale.ROOT));
        }
        for (Qop qop : Qop.values()) {
            if (parameters.containsKey("qop")
                    && parameters.getOrDefault(qop.token, "none").isEmpty()) words.add(qop.token);
        }
        return words;
    }

    private static String unescaped(String quoted) {
        if (quoted.indexOf('\\') < 0) return quoted;
        var text = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            if (quoted.charAt(i) == '\\' && i + 1 < quoted.length()) i++;
            text.append(quoted.charAt(i));
        }
        return text.toString();
    }

    // auth before auth-int: proxies that touch the body would break the latter.
    private static Optional<Qop> choose(List<String> offered) {
        return Arrays.stream(Qop.values())
                .filter(qop -> offered.contains(qop.token))
                .findFirst();
    }
}
