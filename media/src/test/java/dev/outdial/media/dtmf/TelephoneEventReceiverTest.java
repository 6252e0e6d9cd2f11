package dev.outdial.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.testbed.link.ImpairedLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelephoneEventReceiverTest {
    private static final long MILLIS = 1_000_000;
    private final List<String> heard = new ArrayList<>();
    private final TelephoneEventReceiver receiver =
            new TelephoneEventReceiver((digit, millis) -> heard.add(digit + " " + millis));

    private void put(int timestamp, int event, int duration, boolean end, long nowMillis) {
        putFrom(1, timestamp, event, duration, end, nowMillis);
    }

    private void putFrom(int ssrc, int timestamp, int event, int duration, boolean end, long nowMillis) {
        var payload = ByteBuffer.allocate(4);
        payload.put((byte) event).put((byte) (end ? 0x8A : 0x0A)).putShort((short) duration);
        assertThat(receiver.put(ssrc, timestamp, payload, 0, 4, nowMillis * MILLIS))
                .isTrue();
    }

    @Test
    void aKeyIsHeardWhenItIsReleasedAndItsRepeatedEndIsNot() {
        put(8000, 5, 160, false, 0);
        put(8000, 5, 320, false, 20);
        assertThat(heard).isEmpty();
        for (int i = 0; i < 3; i++) put(8000, 5, 480, true, 40 + 20 * i);
        assertThat(heard).containsExactly("5 60");
    }

    /** A key of two seconds by a clock of 48,000: its segments are full after 1.37 s. */
    @Test
    void aKeyIsAsLongAsItIsWhateverTheClock() {
        var sender = new TelephoneEventSender();
        sender.press('7', 1000, 48_000, 2000, 80);
        for (int millis = 0; sender.isBusy(); millis += 20) {
            var payload = ByteBuffer.allocate(4);
            if (sender.tick(960) != TelephoneEventSender.Output.EVENT) continue;
            sender.writePayload(payload);
            assertThat(receiver.put(1, sender.timestamp(), 48_000, payload, 0, 4, millis * MILLIS))
                    .isTrue();
        }
        assertThat(heard).containsExactly("7 2000");
        put(8000, 5, 1280, true, 4000);
        assertThat(heard).containsExactly("7 2000", "5 160");
    }

    @Test
    void aKeyWhoseEndPacketsAreLostIsHeardOnceByTimeOut() {
        put(8000, 11, 160, false, 0);
        put(8000, 11, 320, false, 20);
        receiver.wake(100 * MILLIS);
        assertThat(heard).isEmpty();
        assertThat(receiver.nextDeadlineNanos()).isEqualTo(170 * MILLIS);
        receiver.wake(170 * MILLIS);
        receiver.wake(170 * MILLIS);
        put(8000, 11, 640, true, 400);
        receiver.wake(9000 * MILLIS);
        assertThat(heard).containsExactly("# 40");
    }

    @Test
    void theNextKeyEndsOneThatWasNotEnded() {
        put(8000, 1, 160, false, 0);
        put(9000, 2, 160, true, 100);
        put(8000, 1, 800, true, 110);
        assertThat(heard).containsExactly("1 20", "2 20");
    }

    @Test
    void aStragglingEndOfOneKeyDoesNotReleaseTheNext() {
        put(8000, 1, 320, true, 0);
        put(8480, 2, 160, false, 60);
        put(8000, 1, 320, true, 70);
        assertThat(heard).containsExactly("1 40");
        put(8480, 2, 1280, true, 220);
        assertThat(heard).containsExactly("1 40", "2 160");
    }

    @Test
    void theSameKeyPressedTwiceFastIsTwoKeys() {
        put(8000, 7, 320, true, 0);
        put(8480, 7, 320, true, 60);
        put(8000, 7, 320, true, 65);
        put(8480, 7, 320, true, 70);
        assertThat(heard).containsExactly("7 40", "7 40");
    }

    @Test
    void aKeyOfWhichOnlyOneEndPacketArrivesIsHeard() {
        put(-160, 0, 1280, true, 0);
        put(1600, 10, 1280, true, 240);
        assertThat(heard).containsExactly("0 160", "* 160");
    }

    @Test
    void aKeyHeldForTenSecondsIsOneKeyInSegments() {
        for (int duration = 160; duration < 65_500; duration += 160) put(1000, 3, duration, false, duration / 8);
        for (int duration = 160; duration <= 14_400; duration += 160)
            put(1000 + 65_535, 3, duration, duration == 14_400, 8192 + duration / 8);
        assertThat(heard).containsExactly("3 9991");
    }

    @Test
    void segmentsMayEndWithAWholePacketAndLoseTheirLastOnes() {
        for (int duration = 160; duration <= 64_960; duration += 160) put(1000, 3, duration, false, duration / 8);
        for (int duration = 320; duration <= 14_400; duration += 160)
            put(1000 + 65_440, 3, duration, duration == 14_400, 8180 + duration / 8);
        assertThat(heard).containsExactly("3 9980");
    }

    @Test
    void aKeyOfThreeSegmentsAcrossTheWrapOfTimestampsIsOneKey() {
        int start = -100_000;
        for (int segment = 0; segment < 3; segment++)
            for (int millis = 20; millis <= 8180; millis += 20)
                put(start + 65_535 * segment, 12, millis * 8, segment == 2 && millis == 8180, segment * 8191 + millis);
        assertThat(heard).containsExactly("A 24563");
    }

    @Test
    void aLongKeyThatTimedOutDoesNotSwallowTheSameKeyPressedEightSecondsLater() {
        put(8000, 5, 160, false, 0);
        receiver.wake(200 * MILLIS);
        put(8000 + 65_440, 5, 160, true, 8180);
        assertThat(heard).containsExactly("5 20", "5 20");
    }

    @Test
    void aKeyOfFortyMillisecondsInOnePacketIsHeard() {
        put(8000, 9, 320, true, 0);
        assertThat(heard).containsExactly("9 40");
    }

    @Test
    void aFirstPacketWithoutADurationIsTheBeginningOfAKey() {
        put(8000, 9, 0, false, 0);
        put(8000, 9, 480, true, 60);
        assertThat(heard).containsExactly("9 60");
    }

    @Test
    void packetsEverySixtyMillisecondsAreOneKey() {
        for (int i = 1; i <= 5; i++) {
            receiver.wake(60L * i * MILLIS);
            put(8000, 4, 480 * i, i == 5, 60L * i);
        }
        assertThat(heard).containsExactly("4 300");
    }

    @Test
    void anotherSourceMayUseTheSameTimestamp() {
        put(8000, 1, 160, true, 0);
        putFrom(2, 8000, 1, 160, true, 500);
        assertThat(heard).containsExactly("1 20", "1 20");
    }

    @Test
    void aClockSetBackDoesNotMakeTheReceiverDeaf() {
        put(5_000_000, 1, 160, true, 0);
        put(1000, 2, 160, true, 1000);
        assertThat(heard).containsExactly("1 20", "2 20");
    }

    /** A packet of a key on its way. */
    private record Sent(int timestamp, int event, int duration, boolean end) {}

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 100, 500, 3000, 8180, 8200, 10_000})
    void keysOfAnyLengthAreHeardOnceOverALinkThatLosesDoublesAndReorders(int keyMillis) {
        var link = ImpairedLink.<Sent>seed(keyMillis)
                .delay(Duration.ofMillis(40))
                .losing(0.1)
                .duplicating(0.1)
                .reordering(0.1, Duration.ofMillis(45));
        int timestamp = -1000;
        long now = 0;
        // The same key each time: only its timestamp tells one press from the next.
        for (int key = 0; key < 100; key++) {
            int segment = 0;
            for (int millis = 20; millis <= keyMillis + 40; millis += 20, now += 20) {
                int duration = Math.min(millis, keyMillis) * 8 - segment;
                if (duration > 0xFFFF) {
                    segment += 0xFFFF;
                    duration -= 0xFFFF;
                }
                link.send(new Sent(timestamp + segment, 8, duration, millis >= keyMillis), now * MILLIS);
                arrive(link, now);
            }
            for (int pause = 0; pause < 80; pause += 20, now += 20) arrive(link, now);
            timestamp += (keyMillis + 120) * 8;
        }
        arrive(link, now + 1000);
        receiver.finish();
        assertThat(heard).hasSize(100).allMatch(key -> key.startsWith("8 "));
        assertThat(heard).filteredOn(("8 " + keyMillis)::equals).hasSizeGreaterThan(95);
    }

    private void arrive(ImpairedLink<Sent> link, long nowMillis) {
        for (Sent sent : link.take(nowMillis * MILLIS))
            put(sent.timestamp(), sent.event(), sent.duration(), sent.end(), nowMillis);
        receiver.wake(nowMillis * MILLIS);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        var payload = ByteBuffer.allocate(4).put(0, (byte) 16);
        assertThat(receiver.put(1, 0, payload, 0, 4, 0)).isFalse();
        assertThat(receiver.put(1, 0, ByteBuffer.allocate(4), 0, 3, 0)).isFalse();
        receiver.finish();
        assertThat(heard).isEmpty();
    }

    @Test
    void anyPayloadsGiveKeysAndNoException() {
        var random = new Random(4);
        var payload = ByteBuffer.allocate(8);
        for (int round = 0; round < 200_000; round++) {
            random.nextBytes(payload.array());
            if (round % 3 != 0) payload.put(0, (byte) random.nextInt(16));
            int timestamp = round % 5 == 0 ? random.nextInt() : round * 100;
            receiver.put(random.nextInt(3), timestamp, payload, random.nextInt(4), random.nextInt(5), round * MILLIS);
        }
        assertThat(heard).allMatch(key -> key.matches("[0-9*#A-D] \\d+")).hasSizeGreaterThan(1000);
    }
}
