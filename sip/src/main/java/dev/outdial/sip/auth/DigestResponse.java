package dev.outdial.sip.auth;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.MessageBody;
import java.util.Locale;
import java.util.Optional;

/** The computation of RFC 7616 section 3.4. */
final class DigestResponse {
    private DigestResponse() {}

    /** The Authorization or Proxy-Authorization header that answers a challenge. */
    static Header header(
            Challenge challenge,
            Credentials credentials,
            int nonceCount,
            String cnonce,
            String method,
            String uri,
            Optional<MessageBody> body) {
        String nc = String.format(Locale.ROOT, "%08x", nonceCount);
        var text = new StringBuilder("Digest username=\"")
                .append(escaped(credentials.user()))
                .append("\",realm=\"")
                .append(escaped(challenge.realm()))
                .append("\",nonce=\"")
                .append(challenge.nonce())
                .append("\",uri=\"")
                .append(uri)
                .append("\",response=\"")
                .append(response(challenge, credentials, nc, cnonce, method, uri, body))
                .append("\",algorithm=")
                .append(challenge.algorithm().token());
        boolean sendsCnonce =
                challenge.qop().isPresent() || challenge.algorithm().session();
        if (sendsCnonce) text.append(",cnonce=\"").append(cnonce).append('"');
        challenge
                .qop()
                .ifPresent(qop ->
                        text.append(",qop=").append(qop.token()).append(",nc=").append(nc));
        challenge
                .opaque()
                .ifPresent(opaque -> text.append(",opaque=\"").append(opaque).append('"'));
        return new Header(challenge.asker().answerHeader(), text.toString());
    }

    static String response(
            Challenge challenge,
            Credentials credentials,
            String nc,
            String cnonce,
            String method,
            String uri,
            Optional<MessageBody> body) {
        DigestAlgorithm algorithm = challenge.algorithm();
        String ha1 = algorithm.hash(credentials.user() + ':' + challenge.realm() + ':' + credentials.password());
        if (algorithm.session()) ha1 = algorithm.hash(ha1 + ':' + challenge.nonce() + ':' + cnonce);
        if (challenge.qop().isEmpty()) {
            return algorithm.hash(ha1 + ':' + challenge.nonce() + ':' + algorithm.hash(method + ':' + uri));
        }
        String a2 = switch (challenge.qop().get()) {
            case AUTH -> method + ':' + uri;
            case AUTH_INT ->
                method
                        + ':'
                        + uri
                        + ':'
                        + algorithm.hash(body.map(MessageBody::bytes).orElse(new byte[0]));
        };
        return algorithm.hash(ha1
                + ':'
                + challenge.nonce()
                + ':'
                + nc
                + ':'
                + cnonce
                + ':'
                + challenge.qop().get().token()
                + ':'
                + algorithm.hash(a2));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
