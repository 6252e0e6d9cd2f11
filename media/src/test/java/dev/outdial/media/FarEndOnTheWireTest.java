package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.sdp.Capabilities;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.testbed.rtp.Rtcp;
import dev.outdial.testbed.rtp.RtcpPacket;
import dev.outdial.testbed.rtp.RtpPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole session, and a far end that is nothing but sockets. */
@Timeout(60)
class FarEndOnTheWireTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final SessionOptions LATCHING =
            new SessionOptions(Capabilities.DEFAULT, true, Duration.ofSeconds(30));

    private final MediaEngine engine =
            MediaEngine.open(MediaConfig.of(22_890, 22_919).withSeed(3).withLoops(2));
    private final BlockingQueue<MediaEvent> events = new LinkedBlockingQueue<>();
    private int sequence = 100;

    @AfterEach
    void closeEngine() {
        engine.close();
        assertThat(engine.portsInUse()).isZero();
    }

    private static DatagramSocket socket() throws IOException {
        var socket = new DatagramSocket(0, LOOPBACK);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] answer(DatagramSocket far, String more) {
        return ("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio " + far.getLocalPort()
                        + " RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n" + more)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] receive(DatagramSocket socket) throws IOException {
        var datagram = new DatagramPacket(new byte[1500], 1500);
        socket.receive(datagram);
        return Arrays.copyOf(datagram.getData(), datagram.getLength());
    }

    private static void send(DatagramSocket from, byte[] datagram, InetSocketAddress to) throws IOException {
        from.send(new DatagramPacket(datagram, datagram.length, to));
    }

    private void speak(DatagramSocket from, MediaSession to) throws IOException {
        var packet = new RtpPacket(0, false, sequence, sequence * 160L, 77, new byte[160]);
        sequence++;
        send(from, packet.toBytes(), to.localRtp());
    }

    private void press(DatagramSocket from, int event, MediaSession to) throws IOException {
        byte[] key = {(byte) event, (byte) 0x8A, 2, 0};
        send(from, new RtpPacket(101, true, sequence, sequence * 160L, 77, key).toBytes(), to.localRtp());
        sequence++;
    }

    private <E extends MediaEvent> E await(Class<E> type) throws Exception {
        while (true) {
            MediaEvent event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
            if (type.isInstance(event)) return type.cast(event);
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void packetTimesThatALoopMissedAreCountedAndNotMadeUpFor() throws Exception {
        var stalled = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (DatagramSocket far = socket();
                DatagramSocket farOfTheClock = socket()) {
            MediaSession session = engine.openSession(LOOPBACK, event -> {
                if (!(event instanceof MediaEvent.FirstPacketAfterAnswer)) return;
                stalled.countDown();
                awaitUninterruptibly(goOn);
            });
            // On the other loop, which tells the time: 30 packets are 600 ms.
            MediaSession clock = engine.openSession(LOOPBACK, event -> {});
            clock.answered(answer(farOfTheClock, ""));
            session.answered(answer(far, ""));
            receive(far);
            speak(far, session);
            assertThat(stalled.await(20, TimeUnit.SECONDS)).isTrue();
            long late = session.statistics().sent().lateTicks();
            drain(far);
            drain(farOfTheClock);
            for (int i = 0; i < 30; i++) receive(farOfTheClock);
            drain(far);
            long packetsBefore = session.statistics().sent().packets();
            goOn.countDown();
            receive(far);
            MediaStatistics.Sent end = get(session.finish()).sent();
            assertThat(end.lateTicks() - late).isGreaterThanOrEqualTo(20);
            assertThat(end.packets() - packetsBefore).isLessThan(10);
        }
    }

    private static void drain(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(1);
        while (isThereAPacket(socket)) Thread.onSpinWait();
        socket.setSoTimeout(20_000);
    }

    private static boolean isThereAPacket(DatagramSocket socket) throws IOException {
        try {
            receive(socket);
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void rtcpGoesToThePortThatTheFarEndNamesAndIsHeardFromThereAlone() throws Exception {
        try (DatagramSocket rtp = socket();
                DatagramSocket rtcp = socket();
                DatagramSocket stranger = socket()) {
            MediaSession session = engine.openSession(LOOPBACK, events::add);
            assertThat(session.answered(answer(rtp, "a=rtcp:" + rtcp.getLocalPort() + " IN IP4 127.0.0.1\r\n")))
                    .isInstanceOf(Agreed.class);
            long ssrc = RtpPacket.parse(receive(rtp)).orElseThrow().ssrc();
            var report = (RtcpPacket.SenderReport) Rtcp.parse(receive(rtcp)).getFirst();
            assertThat(report.ssrc()).isEqualTo(ssrc);
            assertThat(report.packetCount()).isPositive();

            var ours = new InetSocketAddress(LOOPBACK, session.localRtp().getPort() + 1);
            send(rtcp, lost(7, ssrc), ours);
            send(stranger, lost(99, ssrc), ours);
            send(
                    rtcp,
                    Rtcp.write(List.of(
                            new RtcpPacket.ReceiverReport(77, List.of()),
                            new RtcpPacket.SourceDescription(77, "far"),
                            new RtcpPacket.Goodbye(List.of(77L), ""))),
                    ours);
            await(MediaEvent.RemoteBye.class);
            assertThat(session.statistics().remote().lost()).hasValue(7);
            get(session.finish());
            boolean isBye;
            do {
                isBye = Rtcp.parse(receive(rtcp)).stream().anyMatch(each -> each instanceof RtcpPacket.Goodbye);
            } while (!isBye);
        }
    }

    private static byte[] lost(int count, long ssrc) {
        return Rtcp.write(List.of(
                new RtcpPacket.ReceiverReport(77, List.of(new RtcpPacket.ReportBlock(ssrc, 0, count, 1000, 0, 0, 0))),
                new RtcpPacket.SourceDescription(77, "far")));
    }

    @Test
    void withLatchingRtpMovesToWhereTheFarEndSendsFromAndStrangersAreCounted() throws Exception {
        try (DatagramSocket described = socket();
                DatagramSocket behindNat = socket();
                DatagramSocket stranger = socket()) {
            MediaSession session = engine.openSession(LOOPBACK, LATCHING, events::add);
            session.answered(answer(described, ""));
            // RTP goes to the address in the description until five packets came from the other: ours give the time.
            described.setSoTimeout(1000);
            int spoken = 0;
            for (; isThereAPacket(described); spoken++) speak(behindNat, session);
            assertThat(spoken).isGreaterThanOrEqualTo(5);
            assertThat(RtpPacket.parse(receive(behindNat))).isPresent();

            press(behindNat, 5, session);
            assertThat(await(MediaEvent.Digit.class).digit()).isEqualTo('5');
            long before = session.statistics().received().strangers();
            assertThat(before).isBetween(4L, (long) spoken);
            for (int i = 0; i < 10; i++) {
                speak(stranger, session);
                speak(described, session);
            }
            press(behindNat, 6, session);
            assertThat(await(MediaEvent.Digit.class).digit()).isEqualTo('6');
            assertThat(session.statistics().received().strangers()).isEqualTo(before + 20);
        }
    }
}
