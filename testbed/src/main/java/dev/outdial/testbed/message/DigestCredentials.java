package dev.outdial.testbed.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The answer to a challenge: the value of Authorization or Proxy-Authorization (RFC 7616 3.4).
 *
 * @param user who
 * @param realm the realm of the challenge
 * @param nonce the nonce of the challenge
 * @param uri the URI that was hashed
 * @param algorithm the hash
 * @param qop {@code auth}, or empty for the form of RFC 2069
 * @param nonceCount eight hexadecimal digits; empty without qop
 * @param cnonce the client's number; empty without qop
 * @param response the hash
 * @param opaque the challenge's opaque; empty for none
 */
public record DigestCredentials(
        String user,
        String realm,
        String nonce,
        String uri,
        DigestAlgorithm algorithm,
        String qop,
        String nonceCount,
        String cnonce,
        String response,
        String opaque) {

    /** Reads credentials; empty when they are not Digest or use an algorithm that we do not know. */
    public static Optional<DigestCredentials> parse(String header) {
        var stripped = header.strip();
        if (!stripped.regionMatches(true, 0, "Digest ", 0, 7)) return Optional.empty();
        var p = Parameters.parse(stripped.substring(7), ',');
        return DigestAlgorithm.named(p.value("algorithm").orElse(""))
                .map(algorithm -> new DigestCredentials(
                        p.value("username").orElse(""),
                        p.value("realm").orElse(""),
                        p.value("nonce").orElse(""),
                        p.value("uri").orElse(""),
                        algorithm,
                        p.value("qop").orElse(""),
                        p.value("nc").orElse(""),
                        p.value("cnonce").orElse(""),
                        p.value("response").orElse(""),
                        p.value("opaque").orElse("")));
    }

    /** Whether the response is the one that this password gives for a request of that method. */
    public boolean provesPassword(String password, String method) {
        var expected = signed(password, method).response();
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), response.getBytes(StandardCharsets.UTF_8));
    }

    DigestCredentials signed(String password, String method) {
        var secret = algorithm.hash(user + ":" + realm + ":" + password);
        var request = algorithm.hash(method + ":" + uri);
        var middle = qop.isEmpty() ? nonce : nonce + ":" + nonceCount + ":" + cnonce + ":" + qop;
        var hash = algorithm.hash(secret + ":" + middle + ":" + request);
        return new DigestCredentials(user, realm, nonce, uri, algorithm, qop, nonceCount, cnonce, hash, opaque);
    }

    /** The header value. */
    public String toHeader() {
        return "Digest username=" + Texts.quoted(user) + ", realm=" + Texts.quoted(realm) + ", nonce="
                + Texts.quoted(nonce)
                + ", uri=" + Texts.quoted(uri) + ", response=\"" + response + "\", algorithm=" + algorithm.token()
                + (qop.isEmpty() ? "" : ", qop=" + qop + ", nc=" + nonceCount + ", cnonce=" + Texts.quoted(cnonce))
                + (opaque.isEmpty() ? "" : ", opaque=" + Texts.quoted(opaque));
    }

    /** Without the response, which an attacker could use to guess the password. */
    @Override
    public String toString() {
        return "DigestCredentials[user=" + user + ", realm=" + realm + ", uri=" + uri + "]";
    }
}
