package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InfoKeysTest {
    private final StringBuilder pressed = new StringBuilder();

    private void run(String digits, int stepMillis) {
        InfoKeys keys = InfoKeys.begin(digits, 160, 80, 0);
        for (long millis = 0; ; millis += stepMillis) {
            InfoKeys.Step step = keys.at(millis * 1_000_000);
            if (step.press().isPresent())
                pressed.append(millis).append(step.press().get()).append(' ');
            if (step.next().isEmpty()) {
                pressed.append(millis);
                return;
            }
            keys = step.next().get();
        }
    }

    @Test
    void eachKeyWaitsForTheOneBeforeAndAllAreDoneWhenTheLastIsReleased() {
        run("12#", 10);

        assertThat(pressed).hasToString("01 2402 480# 720");
    }

    @Test
    void pausesAreMadeAndPressNothing() {
        run("1,W2w", 10);

        assertThat(pressed).hasToString("01 17402 2480");
    }

    @Test
    void wokenLateItKeepsItsDistances() {
        run("123", 100);

        assertThat(pressed).hasToString("01 3002 6003 900");
    }

    @Test
    void nothingToPressIsDoneAtOnce() {
        run("", 10);

        assertThat(pressed).hasToString("0");
    }
}
