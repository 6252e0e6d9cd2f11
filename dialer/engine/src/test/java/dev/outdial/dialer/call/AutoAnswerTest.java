package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.incoming.IncomingOptions;
import dev.outdial.sip.message.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoAnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Answer-Mode      | Auto                                        | 0",
                "Answer-Mode      | auto;require                                | 0",
                "Priv-Answer-Mode | Auto                                        | 0",
                "Answer-Mode      | Manual                                      | -1",
                "Call-Info        | <sip:127.0.0.1>;answer-after=2              | 2",
                "Call-Info        | <sip:127.0.0.1;answer-after=2>              | -1",
                "Call-Info        | <sip:127.0.0.1>;answer-after=soon           | -1",
                "Call-Info        | <sip:127.0.0.1>;answer-after=99999999999999 | -1",
                "Alert-Info       | <http://example.com>;info=alert-autoanswer  | 0",
                "Alert-Info       | info=alert-autoanswer;delay=0               | 0",
                "Alert-Info       | <http://example.com/ring.wav>               | -1",
                "Subject          | Auto                                        | -1"
            })
    void whatTheCallerAsksForCountsOnlyWhereItIsObeyed(String header, String value, long seconds) {
        Headers invite = Headers.of(header, value);
        assertThat(AutoAnswer.after(IncomingOptions.DEFAULT, invite)).isEmpty();
        var asked = AutoAnswer.after(IncomingOptions.DEFAULT.obeyingTheCaller(), invite);
        if (seconds < 0) assertThat(asked).isEmpty();
        else assertThat(asked).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void ourOwnRuleComesFirst() {
        var options =
                IncomingOptions.DEFAULT.answeringAfter(Duration.ofSeconds(3)).obeyingTheCaller();
        assertThat(AutoAnswer.after(options, Headers.of("Answer-Mode", "Auto"))).contains(Duration.ofSeconds(3));
        // Nobody makes us wait longer than a call may ring.
        assertThat(AutoAnswer.after(
                        IncomingOptions.DEFAULT
                                .ringingFor(Duration.ofSeconds(5))
                                .obeyingTheCaller(),
                        Headers.of("Call-Info", "<sip:a>;answer-after=5")))
                .isEmpty();
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        var usual = IncomingOptions.DEFAULT;
        assertThatThrownBy(() -> usual.ringingFor(Duration.ofMinutes(4))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> usual.ringingFor(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> usual.lastingAtMost(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> usual.answeringAfter(Duration.ofMinutes(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> usual.answeringAfter(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
