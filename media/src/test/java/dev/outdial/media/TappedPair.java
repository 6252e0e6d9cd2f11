package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Answering;
import dev.outdial.media.sdp.Capabilities;
import dev.outdial.media.sdp.Direction;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.srtp.SrtpPolicy;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Two engines with a session each, and a socket between them that each takes for the other: what it does not hand on is lost. */
final class TappedPair implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int LEFT_PORT = 22_830;
    private static final int RIGHT_PORT = 22_840;
    private static final int LOUD = 10_000;

    private final MediaEngine leftEngine = engine(LEFT_PORT);
    private final MediaEngine rightEngine = engine(RIGHT_PORT);
    final BlockingQueue<MediaEvent> rightEvents = new LinkedBlockingQueue<>();
    final AtomicInteger loudFrames = new AtomicInteger();
    /** What the left sent and the tap got. */
    final List<byte[]> sent = new ArrayList<>();

    final MediaSession left;
    final MediaSession right;
    private final SoundListener ear = this::hear;
    private DatagramSocket tap = socket();

    /** Sees what goes by, before it is handed on. */
    interface Watch {
        void see(byte[] packet, boolean fromLeft) throws IOException;
    }

    TappedPair(SrtpPolicy leftPolicy, SrtpPolicy rightPolicy) throws Exception {
        left = leftEngine.openSession(LOOPBACK, options(leftPolicy), event -> {});
        right = rightEngine.openSession(LOOPBACK, options(rightPolicy), rightEvents::add);
    }

    private void hear(short[] samples, int count, long nowNanos) {
        for (int i = 0; i < count; i++) {
            if (Math.abs(samples[i]) < LOUD) continue;
            loudFrames.incrementAndGet();
            return;
        }
    }

    /** Waits until both have done all that they were told, and read what had come: of two ticks one reads all. */
    void settle() throws InterruptedException {
        var rightDone = new CountDownLatch(2);
        var leftDone = new CountDownLatch(2);
        SoundListener rightEar = (samples, count, nowNanos) -> rightDone.countDown();
        SoundListener leftEar = (samples, count, nowNanos) -> leftDone.countDown();
        right.listen(ear);
        right.listen(rightEar);
        left.listen(leftEar);
        if (!rightDone.await(20, TimeUnit.SECONDS) || !leftDone.await(20, TimeUnit.SECONDS))
            throw new AssertionError("a session does not tick");
        right.stopListening(rightEar);
        left.stopListening(leftEar);
    }

    private static MediaEngine engine(int firstPort) {
        return MediaEngine.open(new MediaConfig(firstPort, firstPort + 9, OptionalLong.of(firstPort)));
    }

    static SessionOptions options(SrtpPolicy policy) {
        return new SessionOptions(
                new Capabilities(List.of(AudioCodec.PCMU), 20, false, policy), false, Duration.ofSeconds(30));
    }

    private static DatagramSocket socket() throws IOException {
        var socket = new DatagramSocket(0, LOOPBACK);
        socket.setSoTimeout(20_000);
        return socket;
    }

    InetSocketAddress tapAddress() {
        return (InetSocketAddress) tap.getLocalSocketAddress();
    }

    /** The next descriptions name another socket, and what goes by the old one is lost. */
    void moveTap() throws IOException {
        tap.close();
        tap = socket();
    }

    private byte[] through(MediaSession from, byte[] sdp) {
        return new String(sdp, StandardCharsets.US_ASCII)
                .replace("m=audio " + from.localRtp().getPort(), "m=audio " + tap.getLocalPort())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Has the right answer the left's offer; meanwhile nothing is handed on. */
    Agreed exchange(byte[] offer) throws InterruptedException {
        var answered = (Answering.Answered) right.answer(through(left, offer), Direction.SENDRECV);
        var terms = (Agreed) left.answered(through(right, answered.next().sdp()));
        settle();
        return terms;
    }

    /** Hands on what comes until it is enough. */
    void relayUntil(BooleanSupplier enough, Watch watch) throws IOException {
        var datagram = new DatagramPacket(new byte[2048], 2048);
        while (!enough.getAsBoolean()) {
            tap.receive(datagram);
            boolean fromLeft = datagram.getPort() == left.localRtp().getPort();
            byte[] packet = Arrays.copyOf(datagram.getData(), datagram.getLength());
            if (fromLeft) sent.add(packet);
            watch.see(packet, fromLeft);
            send(packet, fromLeft ? right : left);
        }
    }

    void relayUntil(BooleanSupplier enough) throws IOException {
        relayUntil(enough, (packet, fromLeft) -> {});
    }

    /** Hands on so many packets of the left's, and counts the right's among them. */
    int relay(int packets) throws IOException {
        var counts = new int[2];
        relayUntil(() -> counts[1] == packets, (packet, fromLeft) -> counts[fromLeft ? 1 : 0]++);
        return counts[0];
    }

    /** From the address that the session takes for the other. */
    void send(byte[] packet, MediaSession to) throws IOException {
        tap.send(new DatagramPacket(packet, packet.length, to.localRtp()));
    }

    /** Until sound that is played now is heard. */
    void hearLeft() throws IOException {
        byte[] loud = new byte[160];
        for (int i = 0; i < loud.length; i++) loud[i] = (byte) (i / 4 % 2 == 0 ? 0x80 : 0x00);
        long id = left.play(EncodedClip.of(AudioCodec.PCMU, 20, loud), 0, 0);
        int before = loudFrames.get();
        relayUntil(() -> loudFrames.get() >= before + 10);
        left.stopPlaying(id);
    }

    List<Character> keysHeard() {
        return rightEvents.stream()
                .filter(MediaEvent.Digit.class::isInstance)
                .map(event -> ((MediaEvent.Digit) event).digit())
                .toList();
    }

    static MediaStatistics end(MediaSession session) throws Exception {
        return session.finish().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        leftEngine.close();
        rightEngine.close();
        tap.close();
    }
}
