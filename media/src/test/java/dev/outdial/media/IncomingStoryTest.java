package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.sdp.Negotiation.Agreed;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What one end hears when the other, or somebody else, sends this and that. */
class IncomingStoryTest {
    private static final InetSocketAddress FAR = SimulatedPair.LEFT;
    private static final InetSocketAddress NATED = new InetSocketAddress(FAR.getAddress(), 61_000);
    private static final int PCMU = 0;
    private static final int KEYS = 101;
    private static final long MILLIS = 1_000_000;

    private final List<MediaEvent> events = new ArrayList<>();
    private final RtpReceiver receiver = new RtpReceiver();
    private IncomingStream stream = stream(SessionOptions.DEFAULT);
    private InetSocketAddress from = FAR;
    private int ssrc = 1;
    private int sequence = 1000;
    private int timestamp = 5000;
    private long nowMillis = 1000;
    private final SoundListener counter = this::count;
    private int loudFrames;

    private IncomingStream stream(SessionOptions options) {
        return new IncomingStream(receiver, SimulatedPair.RECEIVE, options, events::add);
    }

    private void put(int first, int type, byte[] head, int length) {
        var packet = ByteBuffer.allocate(12 + head.length + length);
        packet.put((byte) first).put((byte) type).putShort((short) sequence++);
        packet.putInt(timestamp).putInt(ssrc).put(head).rewind();
        stream.put(packet, from, nowMillis * MILLIS);
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i += 20, nowMillis += 20, timestamp += 160) stream.tick(nowMillis * MILLIS);
    }

    private void speak(int packets) {
        for (int i = 0; i < packets; i++) {
            put(0x80, PCMU, new byte[0], 160);
            pass(20);
        }
    }

    private void press(int event) {
        int began = timestamp;
        for (int i = 1; i <= 5; i++) {
            int duration = Math.min(i, 3) * 160;
            timestamp = began;
            put(
                    0x80,
                    KEYS,
                    new byte[] {(byte) event, (byte) (i < 3 ? 10 : 0x8A), (byte) (duration >> 8), (byte) duration},
                    0);
            nowMillis += 20;
        }
        timestamp = began + 800;
    }

    private String digits() {
        var digits = new StringBuilder();
        for (MediaEvent event : events) if (event instanceof MediaEvent.Digit digit) digits.append(digit.digit());
        return digits.toString();
    }

    private List<MediaEvent> timeouts() {
        return events.stream()
                .filter(event -> event instanceof MediaEvent.ReceptionTimeout)
                .toList();
    }

    private void listen() {
        stream.listen(counter);
    }

    private void count(short[] samples, int count, long now) {
        int peak = 0;
        for (int i = 0; i < count; i++) peak = Math.max(peak, Math.abs(samples[i]));
        if (peak > 1000) loudFrames++;
    }

    @Test
    void earlyMediaIsHeardBeforeTheAnswerAndFromAnywhere() {
        listen();
        from = NATED;
        speak(50);
        assertThat(loudFrames).isGreaterThanOrEqualTo(47);
        assertThat(events).containsExactly(new MediaEvent.FirstPacket());
    }

    @Test
    void aKeyInTheFirstPacketOfANewSourceIsHeard() {
        stream.agree(SimulatedPair.TERMS, 0);
        speak(9);
        ssrc = 666;
        put(0x80, KEYS, new byte[] {9, (byte) 0x8A, 1, 0}, 0);
        ssrc = 1;
        speak(1);
        ssrc = 2;
        sequence = 9;
        timestamp = 77;
        put(0x80, KEYS, new byte[] {5, (byte) 0x8A, 1, 0}, 0);
        timestamp += 256;
        pass(20);
        speak(10);
        assertThat(digits()).isEqualTo("5");
        assertThat(receiver.sourceChanges()).isEqualTo(1);
        assertThat(stream.discarded()).isEqualTo(1);
    }

    @Test
    void aForgedPacketWithTheRightAddressMakesNoKeyAndBreaksNone() {
        stream.agree(SimulatedPair.TERMS, 0);
        for (int i = 0; i < 20; i++) {
            speak(1);
            int[] kept = {ssrc, sequence, timestamp};
            ssrc = 666 + i % 3;
            sequence = 40_000 + 7 * i;
            put(0x80, KEYS, new byte[] {9, (byte) 0x8A, 1, 0}, 0);
            ssrc = kept[0];
            sequence = kept[1];
            timestamp = kept[2];
            if (i == 10) press(1);
        }
        stream.finish();
        assertThat(digits()).isEqualTo("1");
        assertThat(receiver.sourceChanges()).isZero();
        assertThat(receiver.lost()).isZero();
    }

    @Test
    void thePayloadTypeMaySwitchAtAnyPacket() {
        listen();
        stream.agree(
                SimulatedPair.terms(OptionalInt.of(96), SimulatedPair.RECEIVE.withCodec(97, AudioCodec.L16), true), 0);
        for (int i = 0; i < 60; i++) {
            put(0x80, List.of(0, 8, 97).get(i % 3), new byte[0], i % 3 == 2 ? 320 : 160);
            pass(20);
        }
        assertThat(stream.concealedMillis()).isZero();
        assertThat(stream.discarded()).isZero();
        assertThat(receiver.lost()).isZero();
    }

    @Test
    void headerExtensionsContributingSourcesAndPaddingAreNoSound() {
        listen();
        stream.agree(SimulatedPair.TERMS, 0);
        for (int i = 0; i < 50; i++) {
            // One contributing source, an extension of one word, and 4 bytes of padding, the last of which says so.
            var packet = ByteBuffer.allocate(12 + 4 + 8 + 160 + 4);
            packet.put((byte) 0xB1).put((byte) PCMU).putShort((short) sequence++);
            packet.putInt(timestamp).putInt(ssrc).putInt(99).putInt(0xBEDE0001).putInt(7);
            for (int j = 0; j < 160; j++) packet.put((byte) 0xFF);
            packet.putInt(4).rewind();
            stream.put(packet, from, nowMillis * MILLIS);
            pass(20);
        }
        assertThat(loudFrames).isZero();
        assertThat(stream.concealedMillis()).isZero();
        assertThat(receiver.received()).isEqualTo(50);
    }

    @Test
    void garbageAmongThePacketsChangesNothing() {
        listen();
        stream.agree(SimulatedPair.TERMS, 0);
        for (int i = 0; i < 50; i++) {
            speak(1);
            stream.put(ByteBuffer.wrap(new byte[i]), from, nowMillis * MILLIS);
        }
        assertThat(stream.discarded()).isEqualTo(50);
        assertThat(receiver.lost()).isZero();
        assertThat(stream.concealedMillis()).isZero();
    }

    @Test
    void whoNeedNotSpeakBeforeTheAnswerIsExpectedAnewFromIt() {
        stream.agree(SimulatedPair.TERMS, nowMillis * MILLIS);
        pass(20_000);
        stream.expectAnew(nowMillis * MILLIS);
        pass(29_900);
        assertThat(timeouts()).isEmpty();
        pass(200);
        assertThat(timeouts()).hasSize(1);
        // Told already, it is told again where it goes on after the answer.
        stream.expectAnew(nowMillis * MILLIS);
        pass(60_000);
        assertThat(timeouts()).hasSize(2);
    }

    @Test
    void whenTheFarEndIsSilentForThirtySecondsItIsToldOnce() {
        stream.agree(SimulatedPair.TERMS, nowMillis * MILLIS);
        speak(100);
        pass(29_900);
        assertThat(timeouts()).isEmpty();
        pass(60_000);
        assertThat(timeouts()).containsExactly(new MediaEvent.ReceptionTimeout(30_000));
        speak(1);
        pass(40_000);
        assertThat(timeouts()).hasSize(2);
    }

    @Test
    void aFarEndThatHoldsMayBeSilentAsLongAsItLikes() {
        Agreed held = SimulatedPair.terms(OptionalInt.of(KEYS), SimulatedPair.RECEIVE, false);
        stream.agree(SimulatedPair.TERMS, nowMillis * MILLIS);
        stream.agree(held, nowMillis * MILLIS);
        pass(120_000);
        assertThat(timeouts()).isEmpty();
        stream.agree(SimulatedPair.TERMS, nowMillis * MILLIS);
        pass(29_980);
        assertThat(timeouts()).isEmpty();
        pass(60);
        assertThat(timeouts()).hasSize(1);
    }

    @Test
    void beforeTheAnswerNobodyNeedSend() {
        pass(120_000);
        assertThat(timeouts()).isEmpty();
    }

    @Test
    void strangersAndRtcpAreNoSignOfLife() {
        stream.agree(SimulatedPair.TERMS, nowMillis * MILLIS);
        from = NATED;
        for (int i = 0; i < 40; i++) {
            speak(1);
            stream.rtcpHeard(nowMillis * MILLIS);
            pass(980);
        }
        assertThat(timeouts()).hasSize(1);
        assertThat(stream.strangers()).isEqualTo(40);
    }

    @Test
    void whereComfortNoiseWasAgreedRtcpIsASignOfLife() {
        var t = SimulatedPair.TERMS;
        var terms = new Agreed(
                t.codec(),
                0,
                t.telephoneEventPayloadType(),
                OptionalInt.of(13),
                t.receive(),
                20,
                t.remoteRtp(),
                t.remoteRtcp(),
                true,
                true,
                t.srtp());
        stream.agree(terms, nowMillis * MILLIS);
        for (int i = 0; i < 20; i++) {
            pass(5000);
            stream.rtcpHeard(nowMillis * MILLIS);
        }
        assertThat(timeouts()).isEmpty();
        pass(31_000);
        assertThat(timeouts()).hasSize(1);
    }

    @Test
    void withLatchingASourceBehindANatIsHeardAndSentTo() {
        stream = stream(new SessionOptions(SessionOptions.DEFAULT.capabilities(), true, Duration.ofSeconds(30)));
        stream.agree(SimulatedPair.TERMS, 0);
        from = NATED;
        speak(10);
        press(5);
        assertThat(stream.target()).isEqualTo(NATED);
        assertThat(stream.strangers()).isEqualTo(4);
        assertThat(receiver.received()).isEqualTo(11);
        assertThat(digits()).isEqualTo("5");
        from = FAR;
        press(6);
        assertThat(digits()).isEqualTo("5");
        assertThat(stream.strangers()).isEqualTo(9);
    }

    @Test
    void whileNobodyListensWhatWasLostCountsAsConcealedAndAfterwardsWhatWasMadeUp() {
        stream.agree(SimulatedPair.TERMS, 0);
        speak(10);
        sequence += 5;
        timestamp += 800;
        nowMillis += 100;
        speak(10);
        assertThat(stream.concealedMillis()).isEqualTo(100);
        listen();
        speak(100);
        sequence += 2;
        pass(40);
        speak(100);
        assertThat(stream.concealedMillis()).isEqualTo(140);
        assertThat(loudFrames).isGreaterThan(190);
        stream.stopListening(counter);
        int before = loudFrames;
        sequence++;
        pass(20);
        speak(10);
        assertThat(stream.concealedMillis()).isEqualTo(160);
        assertThat(loudFrames).isEqualTo(before);
    }

    @Test
    void aListenerThatThrowsIsNotAskedAgainAndTheCallGoesOn() {
        int[] asked = {0};
        stream.agree(SimulatedPair.TERMS, 0);
        stream.listen((samples, count, now) -> {
            asked[0]++;
            throw new IllegalStateException("planted");
        });
        speak(5);
        press(7);
        assertThat(asked[0]).isEqualTo(1);
        assertThat(digits()).isEqualTo("7");
        listen();
        speak(50);
        assertThat(loudFrames).isGreaterThanOrEqualTo(47);
    }
}
