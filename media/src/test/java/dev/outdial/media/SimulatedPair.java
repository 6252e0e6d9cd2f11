package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.PayloadTypes;
import dev.outdial.testbed.link.ImpairedLink;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** What one end sends and the other hears over a bad link, in simulated time. */
final class SimulatedPair {
    static final InetSocketAddress LEFT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);
    static final PayloadTypes RECEIVE = PayloadTypes.NONE
            .withCodec(0, AudioCodec.PCMU)
            .withCodec(8, AudioCodec.PCMA)
            .withTelephoneEvent(101);
    static final Agreed TERMS = new Agreed(
            AudioCodec.PCMU,
            0,
            OptionalInt.of(101),
            OptionalInt.empty(),
            RECEIVE,
            20,
            LEFT,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 4001),
            true,
            true,
            Optional.empty());
    /** {@link #TERMS}, but for keys and for whether the far end listens. */
    static Agreed terms(OptionalInt telephoneEvent, PayloadTypes receive, boolean mayTalk) {
        return new Agreed(
                TERMS.codec(),
                TERMS.sendPayloadType(),
                telephoneEvent,
                OptionalInt.empty(),
                receive,
                TERMS.ptimeMillis(),
                TERMS.remoteRtp(),
                TERMS.remoteRtcp(),
                mayTalk,
                true,
                Optional.empty());
    }

    private static final long MILLIS = 1_000_000;

    final List<MediaEvent> sentEvents = new ArrayList<>();
    final List<MediaEvent> heardEvents = new ArrayList<>();
    final List<ByteBuffer> packets = new ArrayList<>();
    final OutgoingStream outgoing;
    final RtpReceiver receiver = new RtpReceiver();
    final IncomingStream incoming = new IncomingStream(receiver, RECEIVE, SessionOptions.DEFAULT, heardEvents::add);
    private final ImpairedLink<byte[]> link;
    private long nowNanos;

    SimulatedPair(RandomGenerator random, ImpairedLink<byte[]> link) {
        this.outgoing = new OutgoingStream(new RtpSender(random), sentEvents::add);
        this.link = link;
        outgoing.agree(TERMS);
        incoming.agree(TERMS, 0);
    }

    /** Starts the timestamp just before it wraps. */
    static RandomGenerator aboutToWrap() {
        int[] values = {1, 0x7FFA, -1000};
        int[] next = {0};
        return () -> (long) values[next[0]++ % values.length] << 32;
    }

    void runFor(int millis) {
        long end = nowNanos + millis * MILLIS;
        for (; nowNanos < end; nowNanos += 20 * MILLIS) {
            var packet = ByteBuffer.allocate(400);
            if (outgoing.tick(packet, nowNanos)) {
                packets.add(packet.flip());
                link.send(Arrays.copyOf(packet.array(), packet.limit()), nowNanos);
            }
            for (byte[] arrived : link.take(nowNanos)) incoming.put(ByteBuffer.wrap(arrived), LEFT, nowNanos);
            incoming.tick(nowNanos);
        }
    }

    String digitsHeard() {
        var digits = new StringBuilder();
        for (MediaEvent event : heardEvents) if (event instanceof MediaEvent.Digit digit) digits.append(digit.digit());
        return digits.toString();
    }

    static boolean isKey(byte[] packet) {
        return (packet[1] & 0x7F) == 101;
    }

    static boolean isKeyEnd(byte[] packet) {
        return isKey(packet) && packet[13] < 0;
    }
}
