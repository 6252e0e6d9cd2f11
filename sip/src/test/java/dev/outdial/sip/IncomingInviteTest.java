package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncomingInviteTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"A, B <C>\" <sip:a@b>;tag=1 | A, B <C>",
                "\"say \\\"hi\\\"\" <sip:a@b> | say \"hi\"",
                "Alice Smith <sip:a@b> | Alice Smith",
                "<sip:a@b> | ``",
                "sip:a@b;tag=1 | ``",
                "\"\" <sip:a@b> | ``",
                "\"open <sip:a@b> | ``",
                "\" | ``"
            })
    void theNameBesideTheUriIsRead(String from, String name) {
        assertThat(IncomingInvite.displayName(from).orElse("")).isEqualTo(name);
    }

    @Test
    void anythingMayStandInFrom() {
        String letters = "\"\\<>;=@: asip\u0007\u00e9";
        for (int seed = 0; seed < 5_000; seed++) {
            var random = new Random(seed);
            var from = new StringBuilder();
            int length = random.nextInt(20);
            for (int i = 0; i < length; i++) from.append(letters.charAt(random.nextInt(letters.length())));
            String text = from.toString();
            assertThat(IncomingInvite.displayName(text).orElse(""))
                    .as("seed %d: %s", seed, text)
                    .doesNotContain("\u0007");
        }
    }
}
