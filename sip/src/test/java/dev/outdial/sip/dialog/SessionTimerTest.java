package dev.outdial.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.dialog.SessionTimer.Asked;
import dev.outdial.sip.dialog.SessionTimer.Terms;
import dev.outdial.sip.dialog.SessionTimer.Wish;
import dev.outdial.sip.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTimerTest {
    @Test
    void anInviteAsksForHalfAnHourAndLeavesTheRolesToTheFarEnd() {
        assertThat(new Headers(Wish.DEFAULT.headers()))
                .isEqualTo(Headers.of("Supported", "timer", "Session-Expires", "1800", "Min-SE", "90"));
        assertThat(Wish.DEFAULT.headers(true).toString()).contains("Session-Expires: 1800;refresher=uac");
        assertThat(Wish.DEFAULT.headers(false).toString()).contains("Session-Expires: 1800;refresher=uas");
        assertThat(Wish.DEFAULT.alone()).isEqualTo(new Terms(1800, true));
    }

    @ParameterizedTest
    @CsvSource({
        "1800;refresher=uac, 1800, true",
        "1800;refresher=UAS, 1800, false",
        "600, 600, true",
        "5;refresher=uas, 90, false",
        "9999999999;refresher=uas, 86400, false",
    })
    void theAnswerSaysWhoRefreshesAndHowOften(String value, int seconds, boolean weRefresh) {
        assertThat(SessionTimer.termsOfAnswer(Headers.of("Session-Expires", value)))
                .contains(new Terms(seconds, weRefresh));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "99999999999"})
    void withoutAnIntervalThereIsNoTimer(String value) {
        assertThat(SessionTimer.termsOfAnswer(Headers.of("Session-Expires", value)))
                .isEmpty();
        assertThat(SessionTimer.termsOfAnswer(Headers.NONE)).isEmpty();
        assertThat(SessionTimer.ofRequest(Headers.of("Session-Expires", value, "Supported", "timer")))
                .isEqualTo(none());
    }

    private static Asked none() {
        return SessionTimer.ofRequest(Headers.NONE);
    }

    // RFC 4028 section 9, table 2.
    @ParameterizedTest
    @CsvSource({
        "true, 1800, false, 1800;refresher=uac",
        "true, 1800;refresher=uac, false, 1800;refresher=uac",
        "true, 1800;refresher=uas, true, 1800;refresher=uas",
        "false, 1800, true, 1800;refresher=uas",
        "true, 100000, false, 86400;refresher=uac",
    })
    void theOneWhoIsCalledSettlesTheRoles(boolean supported, String value, boolean weRefresh, String expected) {
        Headers request = Headers.of("Session-Expires", value);
        if (supported) request = request.plus("Supported", "100rel, Timer");
        var agreed = (Asked.Agreed) SessionTimer.ofRequest(request);
        assertThat(agreed.terms().orElseThrow().weRefresh()).isEqualTo(weRefresh);
        Headers answer = new Headers(agreed.headers());
        assertThat(answer.first("Session-Expires")).contains(expected);
        assertThat(answer.all("Require")).hasSize(supported ? 1 : 0);
    }

    @Test
    void tooShortAnIntervalIsRefusedWhereTheCallerKnowsTimers() {
        var refused =
                (Asked.TooSmall) SessionTimer.ofRequest(Headers.of("Session-Expires", "89", "Supported", "timer"));
        assertThat(refused.answer().status()).isEqualTo(422);
        assertThat(refused.answer().headers().first("Min-SE")).contains("90");
        assertThat(SessionTimer.ofRequest(Headers.of("Session-Expires", "89"))).isEqualTo(none());
    }

    @Test
    void a422RaisesTheIntervalWithinReason() {
        assertThat(Wish.DEFAULT.raised(Headers.of("Min-SE", "3600"))).contains(new Wish(3600, 3600));
        assertThat(Wish.DEFAULT.raised(Headers.of("Min-SE", "120;x=y"))).contains(new Wish(1800, 120));
        for (String value : new String[] {"90", "5", "86401", "much", "99999999999"}) {
            assertThat(Wish.DEFAULT.raised(Headers.of("Min-SE", value)))
                    .as(value)
                    .isEmpty();
        }
        assertThat(Wish.DEFAULT.raised(Headers.NONE)).isEmpty();
    }

    @Test
    void absurdRangesAreRefused() {
        assertThatThrownBy(() -> new Terms(89, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wish(1800, 89)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wish(100, 120)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Wish(86_401, 120)).isInstanceOf(IllegalArgumentException.class);
    }
}
