package dev.outdial.dialer.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.digits.DigitCollection.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DigitCollectionTest {
    private static final long START = -5; // nanoTime may be negative

    @Test
    void asManyKeysAsAskedForAreTheResult() {
        assertThat(press(Digits.digits(3), "129")).isEqualTo(new Progress.Done("129"));
    }

    @Test
    void theTerminatorEndsTheCollectionAndIsNotPartOfIt() {
        assertThat(press(Digits.until('#'), "1234#")).isEqualTo(new Progress.Done("1234"));
        assertThat(press(Digits.until('#'), "#")).isEqualTo(new Progress.Done(""));
    }

    @Test
    void whenTheTimeRunsOutWhatWasPressedIsTheResult() {
        Progress progress = press(Digits.digits(4).within(Duration.ofSeconds(2)), "12");
        DigitCollection waiting = ((Progress.Waiting) progress).collection();

        assertThat(waiting.at(START + 1_999_999_999L)).isInstanceOf(Progress.Waiting.class);
        assertThat(waiting.at(START + 2_000_000_000L)).isEqualTo(new Progress.Done("12"));
    }

    @Test
    void anImpossibleRuleSaysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> Digits.digits(0)).hasMessageContaining("0 is not 1 to 256");
        assertThatThrownBy(() -> Digits.until('x')).hasMessageContaining("'x' is not a key");
        assertThatThrownBy(() -> Digits.digits(1).within(Duration.ofSeconds(-1)))
                .hasMessageContaining("negative");
    }

    @Test
    void theFirstKeyAndEachNextOneHaveTheirOwnTimeWithinTheWhole() {
        Digits rule = Digits.digits(4)
                .firstWithin(Duration.ofSeconds(5))
                .eachWithin(Duration.ofSeconds(2))
                .within(Duration.ofSeconds(6));
        DigitCollection begun = DigitCollection.begin(rule, START);
        assertThat(begun.deadlineNanos()).isEqualTo(START + 5_000_000_000L);
        DigitCollection one = ((Progress.Waiting) begun.press('1', START + 3_000_000_000L)).collection();
        assertThat(one.deadlineNanos()).isEqualTo(START + 5_000_000_000L);
        DigitCollection two = ((Progress.Waiting) one.press('2', START + 4_500_000_000L)).collection();
        assertThat(two.deadlineNanos()).isEqualTo(START + 6_000_000_000L);
        assertThat(two.at(START + 6_000_000_000L)).isEqualTo(new Progress.Done("12"));
    }

    @Test
    void keysThatAreNotAllowedAreTakenAsNotPressed() {
        Digits rule = Digits.until('#').of("123").eachWithin(Duration.ofSeconds(2));
        assertThat(press(rule, "1*429#")).isEqualTo(new Progress.Done("12"));
        DigitCollection begun = DigitCollection.begin(rule, START);
        assertThat(begun.press('9', START + 1)).isEqualTo(new Progress.Waiting(begun));
        assertThatThrownBy(() -> Digits.digits(1).of("")).hasMessageContaining("no key is allowed");
        assertThatThrownBy(() -> Digits.digits(1).of("1x")).hasMessageContaining("'x' is not a key");
    }

    private static Progress press(Digits rule, String keys) {
        Progress progress = new Progress.Waiting(DigitCollection.begin(rule, START));
        for (int i = 0; i < keys.length(); i++) {
            progress = ((Progress.Waiting) progress).collection().press(keys.charAt(i), START + i * 1_000_000L);
        }
        return progress;
    }
}
