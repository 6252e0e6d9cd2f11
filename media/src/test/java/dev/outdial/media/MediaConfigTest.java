package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MediaConfigTest {
    private final MediaConfig plain = MediaConfig.of(10_000, 10_099);

    @Test
    void oneThingIsChangedAndTheOthersStay() {
        assertThat(plain.withSeed(7).withLoops(2).withSlotMillis(4))
                .isEqualTo(new MediaConfig(10_000, 10_099, OptionalLong.of(7), 2, 4));
        assertThat(plain).isEqualTo(new MediaConfig(10_000, 10_099, OptionalLong.empty(), 1, 2));
    }

    @Test
    void whatCannotBeIsRefusedWithWhatWasExpected() {
        assertThatThrownBy(() -> MediaConfig.of(10_001, 10_002)).hasMessageContaining("an even port and the odd one");
        assertThatThrownBy(() -> plain.withLoops(0)).hasMessage("0 media loops: expected 1 to 16");
        assertThatThrownBy(() -> plain.withSlotMillis(5)).hasMessage("slots of 5 ms: expected 1 to 4");
    }
}
