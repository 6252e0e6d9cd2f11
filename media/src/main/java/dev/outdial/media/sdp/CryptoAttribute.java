package dev.outdial.media.sdp;

import dev.outdial.media.srtp.SrtpKey;

/** An {@code a=crypto} line (RFC 4568). Neither form shows a key. */
public sealed interface CryptoAttribute {

    /** One that can be encrypted and decrypted with; {@code key} is what its writer sends with. */
    record Usable(int tag, SrtpKey key) implements CryptoAttribute {}

    /**
     * One that asks for something that is not done here.
     *
     * @param why the end of a sentence that begins with "it"
     */
    record Unusable(String why) implements CryptoAttribute {}
}
