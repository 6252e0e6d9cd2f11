package dev.outdial.media.srtp;

import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** The master key and salt that one end sends with. Never shown: {@link #toString} names the suite only. */
public final class SrtpKey {
    private final SrtpSuite suite;
    private final byte[] keyAndSalt;

    private SrtpKey(SrtpSuite suite, byte[] keyAndSalt) {
        this.suite = suite;
        this.keyAndSalt = keyAndSalt;
    }

    /**
     * A key from its 30 bytes, key before salt.
     *
     * @throws IllegalArgumentException for another number of bytes
     */
    public static SrtpKey of(SrtpSuite suite, byte[] keyAndSalt) {
        if (keyAndSalt.length != SrtpSuite.KEY_BYTES + SrtpSuite.SALT_BYTES)
            throw new IllegalArgumentException("key and salt of " + keyAndSalt.length + " bytes");
        return new SrtpKey(suite, keyAndSalt.clone());
    }

    /** A new key; outside of tests the generator is a {@link java.security.SecureRandom}. */
    public static SrtpKey random(SrtpSuite suite, RandomGenerator random) {
        byte[] bytes = new byte[SrtpSuite.KEY_BYTES + SrtpSuite.SALT_BYTES];
        random.nextBytes(bytes);
        return new SrtpKey(suite, bytes);
    }

    /** What it is used with. */
    public SrtpSuite suite() {
        return suite;
    }

    byte[] key() {
        return Arrays.copyOf(keyAndSalt, SrtpSuite.KEY_BYTES);
    }

    byte[] salt() {
        return Arrays.copyOfRange(keyAndSalt, SrtpSuite.KEY_BYTES, keyAndSalt.length);
    }

    /** Key and salt as {@code a=crypto} carries them after {@code inline:}. A secret. */
    public String base64() {
        return Base64.getEncoder().encodeToString(keyAndSalt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKey that && suite == that.suite && Arrays.equals(keyAndSalt, that.keyAndSalt);
    }

    @Override
    public int hashCode() {
        return 31 * suite.hashCode() + Arrays.hashCode(keyAndSalt);
    }

    @Override
    public String toString() {
        return "SrtpKey[" + suite + "]";
    }
}
