package dev.outdial.sip.message;

/**
 * The random words of one session or registration, drawn by whoever starts it so that its machine stays a function.
 *
 * @param localTag our tag in From
 * @param branch goes into every branch; no other session may have it
 * @param cnonce goes into every client nonce
 */
public record Tokens(String localTag, String branch, String cnonce) {
    /** Refuses what is no token. */
    public Tokens {
        for (String word : new String[] {localTag, branch, cnonce}) {
            if (!Header.isToken(word)) throw new IllegalArgumentException("'" + Text.shown(word) + "' is not a token");
        }
    }

    /** The branch of the request with that number. */
    public String branch(int serial) {
        return OutboundRequest.MAGIC_COOKIE + branch + '-' + serial;
    }

    /** The client nonce of the request with that number. */
    public String cnonce(int serial) {
        return cnonce + Integer.toHexString(serial);
    }

    /** The words of something within: the same tag, and branches and client nonces of its own. */
    public Tokens within(String part) {
        return new Tokens(localTag, branch + '-' + part, cnonce + part);
    }

    @Override
    public String toString() {
        return "Tokens[" + localTag + "]";
    }
}
