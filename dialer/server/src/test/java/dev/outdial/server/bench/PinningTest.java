package dev.outdial.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinningTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            0-7        ; 0  ; 1
            2,5-7      ; 2  ; 5
            12-13      ; 12 ; 13
            3,9        ; 3  ; 9
            """)
    void processesAreHeldToTheFirstTwoCoresThatAreAllowed(String list, int load, int callees) {
        assertThat(pinning(list)).isEqualTo(new Pinning(OptionalInt.of(load), OptionalInt.of(callees)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "4-4", "", "all"})
    void withoutTwoCoresNothingIsPinned(String list) {
        assertThat(pinning(list).isOn()).isFalse();
    }

    @Test
    void aSystemThatDoesNotSayWhatIsAllowedIsNotPinnedOn() {
        assertThat(Pinning.of(List.of("Name:\tjava")).isOn()).isFalse();
    }

    private static Pinning pinning(String list) {
        return Pinning.of(List.of("Name:\tjava", "Cpus_allowed:\tff", "Cpus_allowed_list:\t" + list));
    }
}
