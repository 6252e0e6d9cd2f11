package dev.outdial.dialer.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialFormatTest {
    @ParameterizedTest
    @ValueSource(strings = {"9 9", "99@", "a\r\nX-Evil: 1", "012345678901234567890", "sip:"})
    void whatCannotStandAroundANumberIsRefused(String around) {
        assertThatThrownBy(() -> DialFormat.PLAIN.around(around, ""))
                .hasMessageContaining("at most 20 letters, digits, *, # or + each are expected");
        assertThatThrownBy(() -> DialFormat.PLAIN.around("", around)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsHeadersAreItsOwn() {
        assertThat(DialFormat.PLAIN.withHeader("x-customer", "7").headers()).containsEntry("x-customer", "7");
        assertThatThrownBy(() -> DialFormat.PLAIN.withHeader("Contact", "<sip:evil@example.com>"))
                .hasMessage("header Contact of a trunk: X-... is expected");
        assertThatThrownBy(() -> DialFormat.PLAIN.withHeader("X-A", "1\r\nContact: <sip:evil@example.com>"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a@b", "h\r\nX-Evil: 1"})
    void theHostOfFromIsAHost(String host) {
        assertThatThrownBy(() -> DialFormat.PLAIN.fromDomain(host)).isInstanceOf(IllegalArgumentException.class);
    }
}
