package dev.outdial.sip;

import dev.outdial.sip.message.Tokens;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Draws the random words of SIP: tags, branches, client nonces. <b>Threading:</b> any thread. */
final class Words {
    private final SecureRandom random = new SecureRandom();

    String tag() {
        return word(8);
    }

    String callId() {
        return word(16);
    }

    Tokens tokens() {
        return new Tokens(word(8), word(10), word(16));
    }

    private String word(int byteLength) {
        var bytes = new byte[byteLength];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
