package dev.outdial.server.webhook;

import dev.outdial.server.calls.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What deliveries are signed with, as Standard Webhooks 1.0 has it: {@code whsec_} and 24 to 64 bytes in Base64. */
final class SigningKey {
    private static final String PREFIX = "whsec_";
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int NEW_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SigningKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** @throws IllegalArgumentException where it is none; says so without it */
    static SigningKey of(Secret secret) {
        try {
            if (secret.value().startsWith(PREFIX)) {
                byte[] bytes = Base64.getDecoder().decode(secret.value().substring(PREFIX.length()));
                if (bytes.length >= FEWEST_BYTES && bytes.length <= MOST_BYTES) return new SigningKey(bytes);
            }
        } catch (IllegalArgumentException noBase64) {
            // Said below, without what was written.
        }
        throw new IllegalArgumentException("a webhook secret is whsec_ and 24 to 64 bytes in Base64");
    }

    static Secret fresh(RandomGenerator random) {
        byte[] bytes = new byte[NEW_BYTES];
        random.nextBytes(bytes);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** The value of {@code webhook-signature}: a signature by each of the keys. */
    static String signatures(List<SigningKey> keys, String id, Instant now, String body) {
        byte[] signed = (id + "." + now.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> "v1," + key.signature(signed)).collect(Collectors.joining(" "));
    }

    private String signature(byte[] signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, missing);
        }
    }
}
