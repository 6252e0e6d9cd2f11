package dev.outdial.sip;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Draws the random words of SIP: tags, branches, client nonces. <b>Threading:</b> any thread. */
final class Words {
    private static final String HMAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final byte[] secret = new byte[16];

    Words() {
        random.nextBytes(secret);
    }

    /**
     * The tag for To in the answer to a request that nobody remembers: the same each time the request is repeated (RFC 3261 section 8.2.7),
     * and for its CANCEL.
     */
    String tagFor(SipRequest request) {
        long cseq =
                request.headers().first("CSeq").flatMap(Headers::leadingNumber).orElse(0L);
        String text = cseq + "\n" + request.callId() + '\n' + request.fromTag();
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            byte[] hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + HMAC, e);
        }
    }

    /** Eight hexadecimal digits. */
    String agent() {
        return word(4);
    }

    String callId() {
        return word(16);
    }

    Tokens tokens() {
        return new Tokens(word(8), word(10), word(16));
    }

    /** The words of a call to us, in whose answers that tag stands. */
    Tokens tokens(String localTag) {
        return new Tokens(localTag, word(10), word(16));
    }

    private String word(int byteLength) {
        var bytes = new byte[byteLength];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
