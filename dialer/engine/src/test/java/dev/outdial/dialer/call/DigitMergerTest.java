package dev.outdial.dialer.call;

import static dev.outdial.dialer.digits.DigitSource.INFO;
import static dev.outdial.dialer.digits.DigitSource.IN_BAND;
import static dev.outdial.dialer.digits.DigitSource.TELEPHONE_EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.digits.DigitSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitMergerTest {
    private static final int HELD = 100;

    private final StringBuilder keys = new StringBuilder();
    private DigitMerger merger = DigitMerger.START;

    private void released(long atMillis, char digit, DigitSource source) {
        released(atMillis, digit, HELD, source);
    }

    private void released(long atMillis, char digit, int heldMillis, DigitSource source) {
        DigitMerger.Heard heard = merger.heard(digit, heldMillis, source, atMillis * 1_000_000);
        merger = heard.next();
        if (heard.isNew()) keys.append(digit);
    }

    @ParameterizedTest
    @CsvSource({
        "TELEPHONE_EVENT, INFO",
        "INFO, TELEPHONE_EVENT",
        "TELEPHONE_EVENT, IN_BAND",
        "IN_BAND, TELEPHONE_EVENT",
        "INFO, IN_BAND",
        "IN_BAND, INFO"
    })
    void theSameKeyFromAnotherSourceIsTheSamePress(DigitSource first, DigitSource second) {
        released(1000, '5', first);
        released(1250, '5', second); // pressed 150 ms after the first was released

        assertThat(keys).hasToString("5");
    }

    @Test
    void aLittleLaterItIsAnotherPress() {
        released(1000, '5', TELEPHONE_EVENT);
        released(1251, '5', INFO);

        assertThat(keys).hasToString("55");
    }

    @Test
    void anotherKeyIsAnotherPressHoweverSoon() {
        released(1000, '5', TELEPHONE_EVENT);
        released(1000, '6', INFO);

        assertThat(keys).hasToString("56");
    }

    @Test
    void theSameSourceTellsOfEachPressOnce() {
        for (int i = 0; i < 4; i++) released(1000 + 10 * i, '5', 5, TELEPHONE_EVENT);

        assertThat(keys).hasToString("5555");
    }

    @Test
    void fastPressesThatTwoSourcesTellInTurnsAreCountedOnceEach() {
        released(1000, '5', 40, INFO);
        released(1010, '5', 40, TELEPHONE_EVENT);
        released(1090, '5', 40, TELEPHONE_EVENT);
        released(1095, '5', 40, INFO);
        released(1170, '5', 40, TELEPHONE_EVENT);

        assertThat(keys).hasToString("555");
    }

    @Test
    void aKeyThatOneSourceTellsAtItsBeginningAndOneAtItsEndIsOnePress() {
        released(1000, '5', 0, INFO);
        released(4000, '5', 3000, TELEPHONE_EVENT);

        assertThat(keys).hasToString("5");
    }

    @Test
    void aSourceThatRepeatsABetterOneIsNotListenedToAnyMore() {
        released(1000, '5', INFO);
        released(1020, '5', TELEPHONE_EVENT);
        released(2000, '6', TELEPHONE_EVENT);
        released(2500, '6', INFO); // lost on its way, and sent again

        assertThat(keys).hasToString("56");
    }

    @Test
    void theBetterSourceStays() {
        released(1000, '5', TELEPHONE_EVENT);
        released(1020, '5', INFO);
        released(1030, '5', IN_BAND);
        released(2000, '6', TELEPHONE_EVENT);
        released(3000, '6', IN_BAND);

        assertThat(keys).hasToString("56");
    }

    @Test
    void thousandsOfKeysLeaveNothingBehind() {
        for (int i = 0; i < 5_000; i++) released(1000 + 5L * i, '5', 5, INFO);

        assertThat(keys).hasSize(5_000);
        assertThat(merger.presses()).hasSizeLessThanOrEqualTo(64);
    }
}
