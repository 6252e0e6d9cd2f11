package dev.outdial.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"10s,10000", "10,10000", "1500ms,1500", "1.5s,1500", "2m,120000", "24h,86400000", "0,0", "0.001s,1"})
    void timesAreReadAsPeopleTypeThem(String typed, long millis) {
        assertThat(Durations.parse(typed)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1s", "s", "1 s", "ten", "1d", "1.s", "PT1S", "1e3"})
    void whatIsNotATimeIsNamedWithWhatIsExpected(String typed) {
        assertThatThrownBy(() -> Durations.parse(typed))
                .hasMessage("'" + typed + "' is not a time: 10s, 1500ms or 2m is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"24.001h", "86401s", "999999999h"})
    void aTimeBeyondADayIsRefused(String typed) {
        assertThatThrownBy(() -> Durations.parse(typed)).hasMessage("'" + typed + "' is longer than 24h");
    }
}
