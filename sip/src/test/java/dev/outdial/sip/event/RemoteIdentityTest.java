package dev.outdial.sip.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Headers;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteIdentityTest {
    @Test
    void theAssertedIdentityIsReadWithItsName() {
        var identity = RemoteIdentity.of(Headers.of(
                "From", "<sip:anonymous@anonymous.invalid>;tag=1",
                "P-Asserted-Identity", "\"Doe, \\\"J\\\"\" <sip:+15551234@example.com>"));
        assertThat(identity.uri()).contains("sip:+15551234@example.com");
        assertThat(identity.displayName()).contains("Doe, \"J\"");
        assertThat(identity.verstat()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tel:+15551234;verstat=TN-Validation-Passed>",
                "<sip:+15551234;verstat=TN-Validation-Passed@example.com;user=phone>",
                "<sip:+15551234@example.com;user=phone;verstat=TN-Validation-Passed>",
                "<sip:+15551234@example.com>;Verstat=TN-Validation-Passed;x=y"
            })
    void whatTheTrunkFoundIsReadWhereverItStands(String value) {
        assertThat(RemoteIdentity.of(Headers.of("P-Asserted-Identity", value)).verstat())
                .contains("TN-Validation-Passed");
        var fromOnly = RemoteIdentity.of(Headers.of("From", value));
        assertThat(fromOnly.verstat()).contains("TN-Validation-Passed");
        assertThat(fromOnly.uri()).isEmpty();
        assertThat(RemoteIdentity.of(Headers.of("From", value, "P-Asserted-Identity", "<sip:a@b>"))
                        .verstat())
                .contains("TN-Validation-Passed");
    }

    @Test
    void ofSeveralTheFirstThatCanBeUsedCounts() {
        var identity = RemoteIdentity.of(Headers.of(
                "P-Asserted-Identity",
                "<mailto:a@b>",
                "P-Asserted-Identity",
                "<tel:+1555>",
                "P-Asserted-Identity",
                "<sip:x@y>"));
        assertThat(identity.uri()).contains("tel:+1555");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<>", "<sip:a b@c>", "nonsense", "\"x", ";verstat=", "<sip:a@b>;verstat=\"q\""})
    void nonsenseIsLeftOut(String value) {
        var identity = RemoteIdentity.of(Headers.of("P-Asserted-Identity", value));
        assertThat(identity.verstat()).isEmpty();
        assertThat(identity.uri()).isIn(Optional.empty(), Optional.of("sip:a@b"));
    }

    @Test
    void whateverTheValuesAreNothingIsThrownAndNothingHasControlCharacters() {
        String letters = "\"<>;@: \\=,averstTN-sip:tel\u0100";
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) text.append(letters.charAt(random.nextInt(letters.length())));
            var identity =
                    RemoteIdentity.of(Headers.of("P-Asserted-Identity", text.toString(), "From", text.toString()));
            assertThat(identity.uri().orElse("sip:").length())
                    .as("seed %d", seed)
                    .isLessThan(512);
            identity.verstat().ifPresent(verstat -> assertThat(verstat).matches("[A-Za-z0-9_-]+"));
        }
    }
}
