package dev.outdial.server.calls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * An access key as its owner holds it: {@code od_}, 12 letters or digits by which it is found, {@code _}, and 40 that nobody else knows
 * (206 bits). Stored is its SHA-256 alone, which is enough for a word of that many random bits. Its {@code toString} shows the beginning only.
 */
public record AccessKey(String text) {
    private static final Pattern FORM = Pattern.compile("od_[0-9A-Za-z]{12}_[0-9A-Za-z]{40}");
    private static final String SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int PREFIX_LENGTH = 15;

    /** Of what nobody else knows: 206 bits. */
    public static final int SECRET_SIGNS = 40;

    /** Checks the form. */
    public AccessKey {
        if (!FORM.matcher(text).matches()) throw new IllegalArgumentException("not an access key");
    }

    /** A new one. @param random a secure source */
    public static AccessKey make(RandomGenerator random) {
        return new AccessKey("od_" + signs(random, 12) + "_" + signs(random, SECRET_SIGNS));
    }

    /** What somebody says is a key; empty where it does not look like one. */
    public static Optional<AccessKey> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new AccessKey(text)) : Optional.empty();
    }

    /** So many random letters and digits, without those that look like others. @param random a secure source */
    public static String signs(RandomGenerator random, int count) {
        var signs = new StringBuilder(count);
        for (int i = 0; i < count; i++) signs.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        return signs.toString();
    }

    /** How it begins; enough to find it, not to use it. */
    public String prefix() {
        return text.substring(0, PREFIX_LENGTH);
    }

    /** Its SHA-256 in hexadecimal digits. */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a stored hash is this key's; takes as long for a wrong one as for the right one. */
    public boolean hasHash(String stored) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return prefix() + "_***";
    }
}
