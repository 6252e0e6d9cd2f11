package dev.outdial.server.facade;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A word that may be shown for a while in place of a secret: whose it is, until when, and an HMAC over both by something that ends with the
 * secret. It is stored nowhere.
 *
 * @param name whose
 * @param untilSeconds since 1970
 * @param said what the HMAC is over
 * @param signature the HMAC as it was shown
 */
record Tokens(String name, long untilSeconds, String said, String signature) {
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LONGEST = 1000;

    /** A new one. @param key never empty */
    static String make(String name, long untilSeconds, String key) {
        String said = TEXT.encodeToString((untilSeconds + ":" + name).getBytes(StandardCharsets.UTF_8));
        return said + "." + sign(said, key);
    }

    /** What somebody says is one; its HMAC is not looked at yet. */
    static Optional<Tokens> parse(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) return Optional.empty();
        String said = token.substring(0, dot);
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(said), StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 && parts[0].matches("\\d{1,12}")
                    ? Optional.of(new Tokens(parts[1], Long.parseLong(parts[0]), said, token.substring(dot + 1)))
                    : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /** Whether it is good now. */
    boolean isGood(String key, Instant now) {
        boolean isOurs = MessageDigest.isEqual(
                sign(said, key).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
        return isOurs && now.getEpochSecond() < untilSeconds;
    }

    private static String sign(String said, String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return TEXT.encodeToString(mac.doFinal(said.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "Tokens[" + name + "]";
    }
}
