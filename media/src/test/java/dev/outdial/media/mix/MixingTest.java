package dev.outdial.media.mix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MixingTest {
    @Test
    void soundsAddUpAndStayWithinTheLimitAndWhatIsBeyondTheCountIsLeftAlone() {
        short[] into = {1, -1, 30_000, -30_000, 5};
        Mixing.mixInto(into, new short[] {2, 1, 10_000, -10_000, 5}, 4);
        assertThat(into).containsExactly(3, 0, 32_767, -32_768, 5);
    }
}
