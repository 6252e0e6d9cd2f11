package dev.outdial.media.srtp;

import java.util.Arrays;

/** Makes session keys of a master key, once and for all of its packets: the derivation rate is 0 (RFC 3711 section 4.3). */
final class KeyDerivation {
    private final KeyStream master;

    KeyDerivation(SrtpKey key) {
        byte[] secret = key.key();
        byte[] salt = key.salt();
        master = new KeyStream(secret, salt);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(salt, (byte) 0);
    }

    /** @param label of section 4.3.2; it stands where the last byte of a packet's source does (section 4.3.3) */
    byte[] key(int label, int byteLength) {
        byte[] key = new byte[byteLength];
        master.apply(key, 0, byteLength, label, 0);
        return key;
    }
}
