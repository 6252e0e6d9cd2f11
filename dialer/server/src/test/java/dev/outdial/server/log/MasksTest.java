package dev.outdial.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            call=7f3a to +15550100123 rings          | call=7f3a to +155***23 rings
            sip:15550100123@192.0.2.1:5060           | sip:155***23@192.0.2.1:5060
            digits=1234#                             | digits=***
            {"digits":"4711"}                        | {"digits":"***"}
            pressed keys: 99                         | pressed keys: ***
            key=od_8xW2DR8LKhgn from=127.0.0.1       | key=od_8xW2DR8LKhgn from=127.0.0.1
            od_8xW2DR8LKhgn_1qU5rS1qqpnUd39JZvJ8Eye83MaLDyK1AQX0ha8z | od_8xW2DR8LKhgn_***
            secret whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | secret whsec_***
            call=10efbff8-c9b5-4974-9fe1-555555555555 ended 1000 ms | call=10efbff8-c9b5-4974-9fe1-555555555555 ended 1000 ms
            """)
    void whatIsNobodysBusinessIsLeftOut(String line, String masked) {
        assertThat(Masks.ALL.apply(line)).isEqualTo(masked);
    }

    @Test
    void whoWantsToSeeNumbersSeesThemAndNoSecret() {
        String line = "to +15550100123 digits=12 od_8xW2DR8LKhgn_1qU5rS1qqpnUd39JZvJ8Eye83MaLDyK1AQX0ha8z";

        assertThat(new Masks(false, false).apply(line)).isEqualTo("to +15550100123 digits=12 od_8xW2DR8LKhgn_***");
    }
}
