package dev.outdial.testbed.message;

import java.util.Optional;

/**
 * What a server asks before it serves: the value of WWW-Authenticate or Proxy-Authenticate.
 *
 * @param realm for which the user is known
 * @param nonce the server's number
 * @param algorithm the hash
 * @param qop whether {@code qop="auth"} is offered
 * @param stale whether only the nonce was too old
 * @param opaque returned unchanged; empty for none
 */
public record DigestChallenge(
        String realm, String nonce, DigestAlgorithm algorithm, boolean qop, boolean stale, String opaque) {

    /** A plain challenge with {@code qop="auth"}. */
    public static DigestChallenge of(String realm, String nonce, DigestAlgorithm algorithm) {
        return new DigestChallenge(realm, nonce, algorithm, true, false, "");
    }

    /** Reads a challenge; empty when it is not Digest, has no realm or nonce, or an algorithm that we do not know. */
    public static Optional<DigestChallenge> parse(String header) {
        var stripped = header.strip();
        if (!stripped.regionMatches(true, 0, "Digest ", 0, 7)) return Optional.empty();
        var parameters = Parameters.parse(stripped.substring(7), ',');
        var algorithm = DigestAlgorithm.named(parameters.value("algorithm").orElse(""));
        var realm = parameters.value("realm");
        var nonce = parameters.value("nonce");
        if (algorithm.isEmpty() || realm.isEmpty() || nonce.isEmpty()) return Optional.empty();
        boolean qop = Texts.split(parameters.value("qop").orElse(""), ',').contains("auth");
        boolean stale = parameters.value("stale").orElse("").equalsIgnoreCase("true");
        var opaque = parameters.value("opaque").orElse("");
        return Optional.of(new DigestChallenge(realm.get(), nonce.get(), algorithm.get(), qop, stale, opaque));
    }

    /** The header value. */
    public String toHeader() {
        return "Digest realm=" + Texts.quoted(realm) + ", nonce=" + Texts.quoted(nonce) + ", algorithm="
                + algorithm.token()
                + (qop ? ", qop=\"auth\"" : "") + (opaque.isEmpty() ? "" : ", opaque=" + Texts.quoted(opaque))
                + (stale ? ", stale=true" : "");
    }

    /**
     * The credentials of somebody who knows the password.
     *
     * @param nonceCount how many requests used this nonce, this one included
     * @param cnonce the client's number
     */
    public DigestCredentials answer(
            String user, String password, String method, String uri, int nonceCount, String cnonce) {
        var nc = String.format("%08x", nonceCount);
        var unsigned = new DigestCredentials(
                user, realm, nonce, uri, algorithm, qop ? "auth" : "", qop ? nc : "", qop ? cnonce : "", "", opaque);
        return unsigned.signed(password, method);
    }
}
