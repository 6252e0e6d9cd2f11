package dev.outdial.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.G711;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTimelineTest {
    private static final long MILLIS = 1_000_000;
    private final List<Short> line = new ArrayList<>();
    private final RecordingTimeline timeline = new RecordingTimeline(line::add, 0);

    /** A packet of 160 samples, all with the value of this code. */
    private void put(int number, int timestamp, boolean late, long nowMillis) {
        var packet = ByteBuffer.allocate(160);
        Arrays.fill(packet.array(), (byte) number);
        timeline.put(AudioCodec.PCMU, timestamp, packet, 0, 160, late, nowMillis * MILLIS);
    }

    private List<Integer> frames(long finishMillis) {
        timeline.finish(finishMillis * MILLIS);
        var frames = new ArrayList<Integer>();
        for (int i = 0; i + 160 <= line.size(); i += 160) {
            int code = line.get(i) == 0 ? 0 : G711.muLaw(line.get(i)) & 0xFF;
            assertThat(line.subList(i, i + 160)).containsOnly(line.get(i));
            frames.add(code);
        }
        return frames;
    }

    @Test
    void packetsLieOneBehindAnotherFromWhenTheFirstCame() {
        for (int i = 1; i <= 3; i++) put(i, 1000 + 160 * i, false, 20 + 20 * i);
        assertThat(frames(100)).containsExactly(0, 0, 1, 2, 3);
    }

    @Test
    void reorderedPacketsFindTheirPlaceAndMissingOnesAreSilence() {
        put(1, 160, false, 0);
        put(4, 640, false, 60);
        put(2, 320, true, 70);
        assertThat(frames(80)).containsExactly(1, 2, 0, 4);
    }

    @Test
    void jitterDoesNotMoveTheSound() {
        for (int i = 0; i < 50; i++) put(i + 1, -3200 + 160 * i, false, 20 * i + i % 3 * 15);
        assertThat(frames(1000)).hasSize(50).isSorted().doesNotContain(0);
    }

    @Test
    void aPacketTooLateIsDropped() {
        put(1, 160, false, 0);
        put(20, 160 * 20, false, 380);
        timeline.advance(380 * MILLIS);
        put(2, 320, true, 380);
        // Nor does it turn up later, when its place in the window is used again.
        assertThat(frames(1500)).hasSize(75).contains(1, 20).doesNotContain(2);
    }

    @Test
    void aLoopThatWasHeldUpLaysItsPacketsWhereTheyBelong() {
        put(1, 160, false, 0);
        timeline.advance(0);
        for (int i = 2; i <= 30; i++) put(i, 160 * i, false, 600);
        timeline.advance(600 * MILLIS);
        assertThat(frames(600)).hasSize(30).isSorted().doesNotContain(0);
    }

    @Test
    void aJumpOfTheClockIsPlacedByArrival() {
        put(1, 160, false, 0);
        put(2, 90_000_000, false, 20);
        put(3, 90_000_160, false, 40);
        assertThat(frames(60)).containsExactly(1, 2, 3);
    }

    @Test
    void aNewSourceIsPlacedByArrival() {
        put(1, 160, false, 0);
        timeline.restart();
        put(2, 0, false, 40);
        assertThat(frames(60)).containsExactly(1, 0, 2);
    }

    @Test
    void silenceIsAsLongAsItWas() {
        timeline.advance(10_000 * MILLIS);
        put(9, 5, false, 10_000);
        assertThat(frames(10_020)).hasSize(501).endsWith(0, 9);
    }
}
