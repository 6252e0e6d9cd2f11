package dev.outdial.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void itTellsWhatASetOfAllPacketsTells() {
        var random = new Random(128);
        Set<Long> seen = new HashSet<>();
        long furthest = -1;
        for (int i = 0; i < 200_000; i++) {
            int ahead = random.nextInt(100) == 0 ? random.nextInt(300) : random.nextInt(4);
            int behind = random.nextInt(150);
            long index = Math.max(0, furthest + (random.nextInt(3) == 0 ? ahead : -behind));
            boolean isNew = !seen.contains(index) && furthest - index < ReplayWindow.SIZE;
            assertThat(window.isNew(index)).as("%d after %d", index, furthest).isEqualTo(isNew);
            if (!isNew) continue;
            window.add(index);
            seen.add(index);
            furthest = Math.max(furthest, index);
        }
        assertThat(seen).hasSizeGreaterThan(50_000);
    }

    @Test
    void thePacketAtItsFarEndIsToldAndTheOneBehindIsTooOld() {
        window.add(1000);
        assertThat(window.isNew(1001 - ReplayWindow.SIZE)).isTrue();
        assertThat(window.isNew(1000 - ReplayWindow.SIZE)).isFalse();
    }

    @Test
    void aGapOfAnyLengthForgetsNothingThatIsStillWithin() {
        for (int gap = 1; gap < 2 * ReplayWindow.SIZE; gap++) {
            var gapped = new ReplayWindow();
            gapped.add(500);
            gapped.add(500 + gap);
            assertThat(gapped.isNew(500)).as("after %d", gap).isFalse();
            assertThat(gapped.isNew(500 + gap)).isFalse();
            if (gap > 1) assertThat(gapped.isNew(500 + gap - 1)).isTrue();
        }
    }

    @Test
    void indicesNearTheirEndAreToldApart() {
        window.add((1L << 48) - 2);
        assertThat(window.isNew((1L << 48) - 1)).isTrue();
        window.add((1L << 48) - 1);
        assertThat(window.isNew((1L << 48) - 1)).isFalse();
        assertThat(window.isNew((1L << 48) - 3)).isTrue();
    }
}
