package dev.outdial.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfoDigitsTest {
    private static Optional<InfoDigits.Press> read(String type, String body) {
        return InfoDigits.read(type, body.replace("!", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/dtmf-relay | Signal=5!Duration=160! | 5 | 160",
                "application/dtmf-relay | Signal= 5!Duration= 250 | 5 | 250",
                "Application/DTMF-Relay;charset=x | signal = *! duration = 90! | * | 90",
                "application/dtmf-relay | Duration=300!Signal=# | # | 300",
                "application/dtmf-relay | Signal=d | D | 160",
                "application/dtmf-relay | Signal=10!Duration=0 | * | 160",
                "application/dtmf-relay | Signal=11 | # | 160",
                "application/dtmf-relay | Signal=15 | D | 160",
                "application/dtmf-relay | Signal=5!Duration=99999999 | 5 | 60000",
                "application/dtmf-relay | Signal=5!Duration=soon | 5 | 160",
                "application/dtmf-relay | X=y!!!Signal=5!Signal=6! | 5 | 160",
                "application/dtmf | 5 | 5 | 160",
                "application/dtmf | #! | # | 160",
                "application/dtmf | 10 | * | 160",
                "application/dtmf | Signal=7!Duration=80 | 7 | 80"
            })
    void whatIsInUseIsRead(String type, String body, char digit, int millis) {
        assertThat(read(type, body)).hasValue(new InfoDigits.Press(digit, millis));
    }

    @Test
    void bareLineEndsOfAnyKindWillDo() {
        assertThat(read("application/dtmf-relay", "Signal=5\nDuration=100\n")).hasValue(new InfoDigits.Press('5', 100));
        assertThat(read("application/dtmf-relay", "Signal=5\rDuration=100")).hasValue(new InfoDigits.Press('5', 100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "!", "Signal=", "Signal=16", "Signal=12345", "Signal=x", "Signal 5", "Duration=5", "=5"})
    void whatNamesNoKeyIsNone(String body) {
        assertThat(read("application/dtmf-relay", body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/sdp", "text/plain", "application/dtmf-relay2", "", ";"})
    void otherTypesHoldNoKeys(String type) {
        assertThat(read(type, "Signal=5")).isEmpty();
        assertThat(InfoDigits.isKeyType(type)).isFalse();
    }

    @Test
    void aBodyThatIsLongerThanAnyKeyIsNotLookedAt() {
        assertThat(read("application/dtmf-relay", "Signal=5!" + "x".repeat(600)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(chars = {'0', '9', '*', '#', 'A', 'D'})
    void whatIsWrittenIsReadAsItWasMeant(char digit) {
        assertThat(new String(InfoDigits.write(digit, 160), StandardCharsets.US_ASCII))
                .isEqualTo("Signal=" + digit + "\r\nDuration=160\r\n");
        assertThat(InfoDigits.read(InfoDigits.RELAY, InfoDigits.write(digit, 160)))
                .hasValue(new InfoDigits.Press(digit, 160));
    }

    @Test
    void whatIsNoKeyIsNotWritten() {
        assertThatThrownBy(() -> InfoDigits.write('x', 160)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InfoDigits.write('5', 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InfoDigits.write('5', 60_001)).isInstanceOf(IllegalArgumentException.class);
    }
}
