package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.record.Recorder;
import dev.outdial.media.rtp.RtpReceiver;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingStreamTest {
    @TempDir
    private Path folder;

    private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(1);

    private static final InetSocketAddress STRANGER = new InetSocketAddress(SimulatedPair.LEFT.getAddress(), 9);
    private final List<MediaEvent> events = new ArrayList<>();
    private final RtpReceiver receiver = new RtpReceiver();
    private final IncomingStream stream =
            new IncomingStream(receiver, SimulatedPair.RECEIVE, SessionOptions.DEFAULT, events::add);

    @AfterEach
    void endWorkers() {
        workers.shutdownNow();
    }

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

    /** Of the far end, as long as it likes, with sound that counts as padding what its last byte says. */
    private void putPadded(int ssrc, int sequence, int length, int padding) {
        var packet = ByteBuffer.allocate(length);
        packet.put((byte) 0xA0).put((byte) 0).putShort((short) sequence);
        packet.putInt(sequence * 160).putInt(ssrc).put(length - 1, (byte) padding);
        stream.put(packet.rewind(), SimulatedPair.LEFT, sequence * 20_000_000L);
    }

    private Recorder record() {
        Recorder recorder = Recorder.start(
                folder.resolve("heard.wav"), workers, why -> events.add(new MediaEvent.RecordingFailed(why)), 0);
        stream.record(recorder);
        return recorder;
    }

    @Test
    void theLongPaddedFirstPacketOfANewSourceIsHeardWithTheNext() {
        stream.agree(SimulatedPair.TERMS, 0);
        Recorder recorder = record();
        stream.listen((samples, count, nowNanos) -> {});
        putPadded(1, 49, 172, 4);
        putPadded(2, 50, 1800, 4);
        putPadded(2, 51, 1800, 4);
        stream.tick(52 * 20_000_000L);
        recorder.finish(53 * 20_000_000L).toCompletableFuture().join();
        assertThat(receiver.received()).isEqualTo(3);
        assertThat(receiver.sourceChanges()).isEqualTo(1);
    }

    @Test
    void aStrayThatIsTooLongToBeKeptIsLeftOutAndItsSourceIsFollowedAllTheSame() {
        stream.agree(SimulatedPair.TERMS, 0);
        Recorder recorder = record();
        putPadded(1, 49, 172, 4);
        putPadded(2, 50, 3000, 4);
        putPadded(2, 51, 172, 4);
        putPadded(2, 52, 172, 4);
        recorder.finish(53 * 20_000_000L).toCompletableFuture().join();
        assertThat(receiver.sourceChanges()).isEqualTo(1);
        assertThat(receiver.received()).isEqualTo(4);
    }

    /** Anything; a long one has zeros in its middle. */
    private static byte[] datagram(Random random, boolean isLong) {
        byte[] datagram = new byte[random.nextInt(isLong ? 2049 : 40)];
        random.nextBytes(datagram);
        for (int i = 40; i < datagram.length - 1; i++) datagram[i] = 0;
        return datagram;
    }

    @Test
    void anyDatagramsAreTakenWithoutAnException() {
        var random = new Random(12);
        stream.agree(SimulatedPair.TERMS, 0);
        Recorder recorder = record();
        stream.listen((samples, count, nowNanos) -> {});
        int number = 0;
        for (int round = 0; round < 100_000; round++) {
            // Two sources by turns, in order, which anything may be in; nothing comes between where they change.
            boolean isChange = round % 300 < 10;
            boolean isInOrder = isChange || round % 3 == 0;
            byte[] datagram = datagram(random, random.nextInt(isChange ? 2 : 8) == 0);
            if (datagram.length > 1 && (isChange || round % 4 != 0)) {
                // With padding, or without.
                datagram[0] = (byte) (random.nextBoolean() ? 0xA0 : 0x80);
                datagram[1] = (byte) (round % 2 == 0 ? 101 : 0);
            }
            if (datagram.length >= 12 && isInOrder)
                ByteBuffer.wrap(datagram).putShort(2, (short) number++).putInt(8, 7 + round / 300 % 2);
            stream.put(ByteBuffer.wrap(datagram), SimulatedPair.LEFT, round * 1_000_000L);
            if (round % 20 == 0) stream.tick(round * 1_000_000L);
        }
        recorder.finish(100_000 * 1_000_000L).toCompletableFuture().join();
        assertThat(stream.discarded()).isBetween(20_000L, 99_000L);
        assertThat(receiver.sourceChanges()).isGreaterThan(100);
    }
}
