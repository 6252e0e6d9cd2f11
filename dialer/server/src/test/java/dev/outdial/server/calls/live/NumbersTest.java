package dev.outdial.server.calls.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.server.calls.NumberReading;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
    private static String standard(String number) {
        return Numbers.read(number, "", GuardPolicy.STANDARD).e164();
    }

    private static String bench(String number) {
        return Numbers.read(number, "", GuardPolicy.BENCH).e164();
    }

    @Test
    void aNumberIsReadInAnySpellingWithOrWithoutItsPlus() {
        for (String spelt : List.of("+12106100045", "12106100045", "0012106100045", " 1 (210) 610-0045 ")) {
            assertThat(standard(spelt)).as(spelt).isEqualTo("+12106100045");
        }
        assertThat(standard("4930123456")).isEqualTo("+4930123456");
    }

    @Test
    void whatNobodyHasIsValidOnABenchAlone() {
        assertThat(standard("+15551234567")).isEmpty();
        assertThat(bench("+15551234567")).isEqualTo("+15551234567");
        assertThat(bench("+12106100045")).isEqualTo("+12106100045");
    }

    @Test
    void whatNobodyCouldHaveIsNoNumberAnywhere() {
        for (String none :
                List.of("12ab", "", "+", "+1555", "+1555123456789", "112", "+999123456789", "sip:a@b", "1\n2")) {
            assertThat(Numbers.read(none, "", GuardPolicy.BENCH)).as(none).isEqualTo(NumberReading.INVALID);
        }
    }

    @Test
    void aNumberThatIsNotDialledIsValidAllTheSame() {
        assertThat(standard("+19002345678")).as("premium").isEqualTo("+19002345678");
    }

    @Test
    void nationalNumbersAreReadOfTheCountryThatIsSaid() {
        var reading = Numbers.read("030 123456", "de", GuardPolicy.STANDARD);

        assertThat(reading).isEqualTo(new NumberReading(true, "+4930123456", "DE", "49", "030 123456", "fixed-line"));
        assertThat(Numbers.read("+4915112345678", "US", GuardPolicy.STANDARD).type())
                .isEqualTo("mobile");
        assertThat(Numbers.read("030 123456", "XX", GuardPolicy.STANDARD)).isEqualTo(NumberReading.INVALID);
    }
}
