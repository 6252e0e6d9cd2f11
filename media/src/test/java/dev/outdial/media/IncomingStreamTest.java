package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.rtp.RtpReceiver;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IncomingStreamTest {
    private static final InetSocketAddress STRANGER = new InetSocketAddress(SimulatedPair.LEFT.getAddress(), 9);
    private final List<MediaEvent> events = new ArrayList<>();
    private final RtpReceiver receiver = new RtpReceiver();
    private final IncomingStream stream =
            new IncomingStream(receiver, SimulatedPair.RECEIVE, SessionOptions.DEFAULT, events::add);

    private void put(int payloadType, int sequence, InetSocketAddress from) {
        var packet = ByteBuffer.allocate(172);
        packet.put((byte) 0x80)
                .put((byte) payloadType)
                .putShort((short) sequence)
                .putInt(sequence * 160)
                .rewind();
        stream.put(packet, from, sequence * 20_000_000L);
    }

    @Test
    void beforeTheAnswerEarlyMediaMayComeFromAnywhere() {
        put(0, 1, STRANGER);
        put(0, 2, SimulatedPair.LEFT);
        assertThat(events).containsExactly(new MediaEvent.FirstPacket());
        assertThat(receiver.received()).isEqualTo(2);
    }

    @Test
    void afterTheAnswerStrangersAreDiscardedAndCounted() {
        put(0, 1, STRANGER);
        stream.agree(SimulatedPair.TERMS, 0);
        put(0, 2, STRANGER);
        assertThat(events).containsExactly(new MediaEvent.FirstPacket());
        put(0, 3, SimulatedPair.LEFT);
        put(0, 4, SimulatedPair.LEFT);
        assertThat(events).containsExactly(new MediaEvent.FirstPacket(), new MediaEvent.FirstPacketAfterAnswer());
        assertThat(stream.strangers()).isEqualTo(1);
        assertThat(receiver.received()).isEqualTo(3);
    }

    @Test
    void aForgedKeyFromAStrangerIsNotHeard() {
        stream.agree(SimulatedPair.TERMS, 0);
        for (int i = 0; i < 10; i++) put(101, i, STRANGER);
        stream.tick(10_000_000_000L);
        stream.finish();
        assertThat(events).isEmpty();
    }

    @Test
    void keysAreHeardOnTheOfferedAndOnTheAnsweredNumber() {
        stream.agree(SimulatedPair.terms(OptionalInt.of(96), SimulatedPair.RECEIVE.withTelephoneEvent(96), true), 0);
        put(101, 1, SimulatedPair.LEFT);
        put(96, 50, SimulatedPair.LEFT);
        stream.finish();
        assertThat(events)
                .filteredOn(event -> event instanceof MediaEvent.Digit)
                .hasSize(2);
        assertThat(stream.discarded()).isZero();
    }

    @Test
    void everyOfferedFormatAndComfortNoiseAreTakenAndOthersCounted() {
        put(0, 1, STRANGER);
        put(8, 2, STRANGER);
        put(13, 3, STRANGER);
        assertThat(stream.discarded()).isZero();
        put(18, 4, STRANGER);
        assertThat(stream.discarded()).isEqualTo(1);
        assertThat(receiver.lost()).isZero();
    }

    @Test
    void anyDatagramsAreTakenWithoutAnException() {
        var random = new Random(12);
        stream.agree(SimulatedPair.TERMS, 0);
        for (int round = 0; round < 100_000; round++) {
            byte[] datagram = new byte[random.nextInt(40)];
            random.nextBytes(datagram);
            if (datagram.length > 1 && round % 4 != 0) {
                datagram[0] = (byte) 0x80;
                datagram[1] = (byte) (round % 2 == 0 ? 101 : 0);
            }
            // One source in order, which anything may be in.
            if (datagram.length >= 12 && round % 3 == 0)
                ByteBuffer.wrap(datagram).putShort(2, (short) (round / 3)).putInt(8, 7);
            stream.put(ByteBuffer.wrap(datagram), SimulatedPair.LEFT, round * 1_000_000L);
        }
        assertThat(stream.discarded()).isBetween(20_000L, 99_000L);
    }
}
