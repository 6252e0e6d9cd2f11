package dev.outdial.media.srtp;

/** What an encrypted packet was found to be. */
public enum SrtpVerdict {
    /** The far end's, and new: decrypted in place. */
    AUTHENTIC,
    /** Not made with the far end's key, or changed on the way. */
    NOT_AUTHENTIC,
    /** One that was here before, or so old that nobody can tell (RFC 3711 section 3.3.2). */
    REPLAYED,
    /** Too short or too long to be an encrypted packet. */
    MALFORMED
}
