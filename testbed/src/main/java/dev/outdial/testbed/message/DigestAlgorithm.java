package dev.outdial.testbed.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The hash of a digest challenge (RFC 7616 3.3, RFC 8760). */
public enum DigestAlgorithm {
    /** MD5, what nearly every trunk uses. */
    MD5("MD5", "MD5"),
    /** SHA-256. */
    SHA_256("SHA-256", "SHA-256");

    private final String token;
    private final String jdkName;

    DigestAlgorithm(String token, String jdkName) {
        this.token = token;
        this.jdkName = jdkName;
    }

    /** The name as it stands in a header. */
    public String token() {
        return token;
    }

    /** The algorithm of that name; MD5 for an empty one, as the RFC has it. */
    public static Optional<DigestAlgorithm> named(String token) {
        if (token.isEmpty()) return Optional.of(MD5);
        return Arrays.stream(values())
                .filter(a -> a.token.equalsIgnoreCase(token))
                .findFirst();
    }

    String hash(String text) {
        try {
            var digest = MessageDigest.getInstance(jdkName).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no " + jdkName, e);
        }
    }
}
