package dev.outdial.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.calls.Secret;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
    /** The example of the Standard Webhooks libraries. */
    private static final Secret EXAMPLE = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final Instant TIME = Instant.ofEpochSecond(1614265330);

    @Test
    void theExampleOfTheStandardIsSignedAsItSays() {
        assertThat(SigningKey.signatures(
                        List.of(SigningKey.of(EXAMPLE)),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        TIME,
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void severalKeysGiveSeveralSignatures() {
        SigningKey other = SigningKey.of(SigningKey.fresh(new SplittableRandom(1)));

        assertThat(SigningKey.signatures(List.of(SigningKey.of(EXAMPLE), other), "id", TIME, "{}"))
                .matches("v1,[A-Za-z0-9+/]{43}= v1,[A-Za-z0-9+/]{43}=");
    }

    @Test
    void whatIsNoSecretIsRefusedWithoutBeingTold() {
        for (String wrong : List.of("", "hunter2hunter2hunter2hunter2hunter2", "whsec_", "whsec_MfKQ", "whsec_*")) {
            assertThatThrownBy(() -> SigningKey.of(new Secret(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a webhook secret is whsec_ and 24 to 64 bytes in Base64");
        }
    }
}
