package dev.outdial.server.calls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a secret: of a random one of many bits its SHA-256, of one that somebody chose a PBKDF2 with HMAC-SHA512 (RFC 8018) and a
 * salt of its own, which takes a fifth of a second on purpose.
 */
public record SecretHash(String text) {
    private static final String RANDOM = "sha256:";
    private static final String CHOSEN = "pbkdf2-sha512:";
    private static final int ROUNDS = 210_000;
    private static final int MOST_ROUNDS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    /** Of a random secret of 128 bits at least. */
    public static SecretHash random(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new SecretHash(RANDOM + HexFormat.of().formatHex(hash));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Of one that somebody chose. @param random a secure source */
    public static SecretHash chosen(String secret, RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return chosen(secret, salt, ROUNDS);
    }

    private static SecretHash chosen(String secret, byte[] salt, int rounds) {
        var spec = new PBEKeySpec(secret.toCharArray(), salt, rounds, HASH_BITS);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
            Base64.Encoder text = Base64.getEncoder();
            return new SecretHash(CHOSEN + rounds + ":" + text.encodeToString(salt) + ":" + text.encodeToString(hash));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has PBKDF2 with HMAC-SHA512", impossible);
        } finally {
            spec.clearPassword();
        }
    }

    public boolean isChosen() {
        return text.startsWith(CHOSEN);
    }

    /** Whether it is that secret's; takes as long for a wrong one as for the right one. */
    public boolean isOf(String secret) {
        SecretHash other = isChosen() ? again(secret) : random(secret);
        return MessageDigest.isEqual(
                other.text.getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.US_ASCII));
    }

    private SecretHash again(String secret) {
        String[] parts = text.substring(CHOSEN.length()).split(":", 3);
        if (parts.length < 3 || !parts[0].matches("[1-9]\\d{0,7}") || Integer.parseInt(parts[0]) > MOST_ROUNDS)
            throw new IllegalStateException("a stored hash of a password is none");
        return chosen(secret, Base64.getDecoder().decode(parts[1]), Integer.parseInt(parts[0]));
    }

    /** It is no secret, and yet nobody's business. */
    @Override
    public String toString() {
        return "SecretHash[***]";
    }
}
