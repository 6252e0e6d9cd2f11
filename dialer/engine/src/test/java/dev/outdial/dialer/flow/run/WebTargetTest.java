package dev.outdial.dialer.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as authors of flows write them. */
class WebTargetTest {
    @ParameterizedTest
    @CsvSource({
        "http://example.com/a, http://example.com/a, ''",
        "https://bob:pw@example.com:8443/a?b=c@d#e, https://example.com:8443/a?b=c@d#e, bob:pw",
        "HTTP://bob@example.com, HTTP://example.com, bob",
        "http://a%40b:p%2Bw+x@example.com/, http://example.com/, a@b:p+w+x",
        "http://example.com/@home, http://example.com/@home, ''",
        "http://example.com?user@home, http://example.com?user@home, ''"
    })
    void nameAndPasswordAreTakenOut(String written, String address, String credentials) {
        WebTarget target = WebTarget.of(written);
        assertThat(target.address()).hasToString(address);
        assertThat(target.credentials().orElse("")).isEqualTo(credentials);
        assertThat(target.toString()).doesNotContain("pw");
    }

    @Test
    void aQueryGetsMore() {
        assertThat(WebTarget.of("http://example.com/a#b").with("id", "x &=y").address())
                .hasToString("http://example.com/a?id=x+%26%3Dy");
        assertThat(WebTarget.of("http://example.com/a?b=c").with("id", "1").address())
                .hasToString("http://example.com/a?b=c&id=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://s3cret%zz@example.com/", "http://exa mple.com/s3cret", "http://[s3cret/", ":s3cret"})
    void whatIsMisspeltIsSaidToBeSoWithoutIt(String written) {
        assertThatThrownBy(() -> WebTarget.of(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http or https")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    /** Whatever is written, it is an address or is said to be none. */
    @Test
    void anythingIsTakenOrRefused() {
        var random = new Random(5);
        String bits = "htps:/?#@%+&=[]. \\\u0000\u00e4-az09";
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            var written = new StringBuilder(random.nextBoolean() ? "http://" : "");
            for (int n = random.nextInt(12); n > 0; n--) written.append(bits.charAt(random.nextInt(bits.length())));
            try {
                WebTarget target = WebTarget.of(written.toString());
                assertThat(target.with("a", "b").address().toString()).contains("a=b");
                taken++;
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("http or https");
            }
        }
        assertThat(taken).isGreaterThan(1000);
    }
}
