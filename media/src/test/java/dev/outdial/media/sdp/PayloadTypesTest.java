package dev.outdial.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.codec.AudioCodec;
import org.junit.jupiter.api.Test;

class PayloadTypesTest {
    @Test
    void everyNumberMayMeanSomething() {
        PayloadTypes types = PayloadTypes.NONE;
        for (int number = 0; number < 128; number++) types = types.withTelephoneEvent(number, 8_000 + number);

        for (int number = 0; number < 128; number++) {
            assertThat(types.isTelephoneEvent(number)).isTrue();
            assertThat(types.eventClockRate(number)).isEqualTo(8_000 + number);
            assertThat(types.codec(number)).isEmpty();
        }
    }

    @Test
    void theLatestMeaningOfANumberCounts() {
        PayloadTypes types = PayloadTypes.NONE.withTelephoneEvent(13).withCodec(13, AudioCodec.PCMU);

        assertThat(types.codec(13)).contains(AudioCodec.PCMU);
        assertThat(types.isTelephoneEvent(13)).isFalse();
        assertThat(types.isComfortNoise(13)).isFalse();
        assertThat(PayloadTypes.NONE.isComfortNoise(13)).isTrue();
    }

    @Test
    void theWayToAMeaningIsNoPartOfIt() {
        PayloadTypes straight = PayloadTypes.NONE.withCodec(0, AudioCodec.PCMU).withTelephoneEvent(101);
        PayloadTypes roundabout =
                PayloadTypes.NONE.withTelephoneEvent(101).withComfortNoise(0).withCodec(0, AudioCodec.PCMU);

        assertThat(roundabout).isEqualTo(straight).hasSameHashCodeAs(straight).isNotEqualTo(PayloadTypes.NONE);
        assertThat(roundabout).hasToString("PayloadTypes[0=PCMU 13=COMFORT_NOISE 101=TELEPHONE_EVENT]");
    }

    @Test
    void thereIsNoNumberAbove127() {
        assertThatThrownBy(() -> PayloadTypes.NONE.withComfortNoise(128)).hasMessage("payload type 128");
    }
}
