package dev.outdial.media.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.media.dtmf.TelephoneEventSender.Output;
import dev.outdial.testbed.rtp.TelephoneEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TelephoneEventSenderTest {
    private static final int START = 8000;
    private final TelephoneEventSender sender = new TelephoneEventSender();

    private record Sent(boolean marker, int timestamp, TelephoneEvent event) {
        @Override
        public String toString() {
            return (marker ? "M " : "") + (timestamp - START) + "+" + event.duration() + (event.end() ? " E" : "");
        }
    }

    /** The packets until the key and its pause are over; a pause has none. */
    private List<Sent> packets(int ptimeMillis) {
        var all = new ArrayList<Sent>();
        while (sender.isBusy()) {
            Output output = sender.tick(ptimeMillis * 8);
            var payload = ByteBuffer.allocate(4);
            if (output == Output.EVENT) {
                sender.writePayload(payload);
                var event = TelephoneEvent.parse(payload.array()).orElseThrow();
                all.add(new Sent(sender.marker(), sender.timestamp(), event));
            } else {
                all.add(new Sent(false, START, new TelephoneEvent(255, false, 0, 0)));
            }
        }
        return all;
    }

    private List<String> lines(int ptimeMillis) {
        return packets(ptimeMillis).stream()
                .map(p -> p.event().event() == 255 ? "pause" : p.toString())
                .toList();
    }

    @Test
    void aKeyGrowsEndsThreeTimesAndPauses() {
        sender.press('#', START, 60, 100);
        assertThat(lines(20))
                .containsExactly("M 0+160", "0+320", "0+480 E", "0+480 E", "0+480 E", "pause", "pause", "pause");
        assertThat(sender.tick(160)).isEqualTo(Output.NONE);
    }

    @ParameterizedTest
    @CsvSource({"10, 16, 8", "20, 8, 4", "30, 6, 3", "40, 4, 2"})
    void aKeyOf160MillisAndItsPauseOf80TakeWholePacketTimes(int ptimeMillis, int tonePackets, int pausePackets) {
        sender.press('5', START, 160, 80);
        List<String> lines = lines(ptimeMillis);
        int step = ptimeMillis * 8;
        var expected = new ArrayList<String>();
        for (int i = 1; i < tonePackets; i++) expected.add((i == 1 ? "M " : "") + "0+" + i * step);
        for (int i = 0; i < 3; i++) expected.add("0+" + tonePackets * step + " E");
        for (int i = 2; i < pausePackets; i++) expected.add("pause");
        assertThat(lines).isEqualTo(expected);
    }

    @Test
    void theShortestKeyFitsOneLongPacketWhichStartsAndEndsIt() {
        sender.press('D', START, 40, 40);
        assertThat(lines(40)).containsExactly("M 0+320 E", "0+320 E", "0+320 E");
    }

    @Test
    void everyPacketNamesTheKeyAndItsLevel() {
        for (char digit : "0123456789*#ABCD".toCharArray()) {
            sender.press(digit, START, 100, 40);
            assertThat(packets(20)).allSatisfy(p -> {
                assertThat(p.event().digit()).contains(digit);
                assertThat(p.event().volume()).isEqualTo(10);
            });
        }
    }

    @Test
    void aKeyOf20SecondsIsToldInSegmentsThatFollowOneAnotherWithoutMarkerAndWithoutEnd() {
        sender.press('7', START, 20_000, 80);
        List<String> lines = lines(20);
        assertThat(lines.subList(408, 414))
                .containsExactly("0+65440", "0+65535", "0+65535", "0+65535", "65535+545", "65535+705");
        // 1000 packets of 160 are two segments of 65535 and 28930.
        assertThat(lines.subList(818, 823))
                .containsExactly("65535+65505", "65535+65535", "65535+65535", "65535+65535", "131070+610");
        assertThat(lines.subList(998, lines.size()))
                .containsExactly(
                        "131070+28770", "131070+28930 E", "131070+28930 E", "131070+28930 E", "pause", "pause");
        assertThat(lines.subList(1, 999)).noneMatch(line -> line.contains("M") || line.contains("E"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40})
    void theSegmentsOfALongKeyAddUpToIt(int ptimeMillis) {
        sender.press('7', START, 30_000, 80);
        List<Sent> packets = packets(ptimeMillis);
        int total = 0;
        for (Sent p : packets)
            if (p.event().event() != 255)
                total = Math.max(total, p.timestamp() - START + p.event().duration());
        assertThat(total).isEqualTo(240_000);
        assertThat(packets.stream().filter(p -> p.event().end())).hasSize(3);
    }

    @Test
    void aKeyThatEndsWhileItsFullSegmentIsToldAgainIsTheLengthThatItWas() {
        sender.press('7', START, 8220, 100);
        assertThat(lines(20).subList(408, 416))
                .containsExactly(
                        "0+65440",
                        "0+65535",
                        "0+65535",
                        "0+65535",
                        "65535+225 E",
                        "65535+225 E",
                        "65535+225 E",
                        "pause");
    }

    @Test
    void aKeyGoesOnInPacketsOfAnotherLength() {
        sender.press('1', START, 100, 80);
        sender.tick(160);
        assertThat(lines(40)).containsExactly("0+480", "0+800 E", "0+800 E", "0+800 E");
    }

    @Test
    void theReceiverHearsALongKeyOnce() {
        var heard = new ArrayList<String>();
        var receiver = new TelephoneEventReceiver((digit, millis) -> heard.add(digit + " " + millis));
        sender.press('4', -3000, 20_000, 80);
        long nowNanos = 0;
        for (Sent p : packets(20)) {
            nowNanos += 20_000_000;
            if (p.event().event() != 255)
                receiver.put(1, p.timestamp(), ByteBuffer.wrap(p.event().toBytes()), 0, 4, nowNanos);
            receiver.wake(nowNanos);
        }
        receiver.finish();
        assertThat(heard).containsExactly("4 20000");
    }

    @Test
    void anAbandonedKeySendsNothingMore() {
        sender.press('1', START, 160, 80);
        sender.tick(160);
        assertThat(sender.isDown()).isTrue();
        sender.abandon();
        assertThat(sender.isBusy() || sender.isDown()).isFalse();
        assertThat(sender.tick(160)).isEqualTo(Output.NONE);
    }

    @Test
    void theDurationIsInNetworkOrderWhateverTheBuffersIs() {
        sender.press('1', START, 160, 80);
        sender.tick(160);
        sender.tick(160);
        var payload = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        sender.writePayload(payload);
        assertThat(payload.array()).containsExactly(1, 10, 1, 64);
    }

    @Test
    void keysThatCannotBeAreRefused() {
        assertThatThrownBy(() -> sender.press('x', 0, 40, 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sender.press(',', 0, 40, 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sender.press('1', 0, 39, 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sender.press('1', 0, 60_001, 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sender.press('1', 0, 40, 39)).isInstanceOf(IllegalArgumentException.class);
        sender.press('1', 0, 40, 40);
        assertThatThrownBy(() -> sender.press('1', 0, 40, 40)).isInstanceOf(IllegalStateException.class);
    }
}
