package dev.outdial.media.fuzz;

import static dev.outdial.media.fuzz.Datagrams.require;

import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpSession;
import dev.outdial.media.srtp.SrtpSuite;
import dev.outdial.media.srtp.SrtpTerms;
import dev.outdial.media.srtp.SrtpVerdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Anything on the ports of an encrypted session: what is not authentic is left as it came. */
public final class SrtpTarget {
    private static final SrtpTerms TERMS = terms();

    private final SrtpSession session = new SrtpSession(TERMS);
    private int authentic;

    private SrtpTarget() {}

    private static SrtpTerms terms() {
        SrtpKey key = SrtpKey.random(SrtpSuite.AES_CM_128_HMAC_SHA1_80, new Random(3711));
        return new SrtpTerms(key, key);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        authentic(input);
    }

    /** How many packets of this input are authentic. */
    static int authentic(byte[] input) {
        var target = new SrtpTarget();
        Datagrams.each(input, (datagram, nowNanos) -> target.take(datagram));
        return target.authentic;
    }

    private void take(ByteBuffer datagram) {
        byte[] before = bytes(datagram);
        if (count(session.unprotect(datagram)))
            require(datagram.remaining() == before.length - 10, "a packet without its tag");
        else require(Arrays.equals(bytes(datagram), before), "the datagram left as it came");
        byte[] then = bytes(datagram);
        if (count(session.unprotectRtcp(datagram)))
            require(datagram.remaining() == then.length - 14, "a packet without index and tag");
        else require(Arrays.equals(bytes(datagram), then), "the datagram left as it came");
    }

    private boolean count(SrtpVerdict verdict) {
        if (verdict == SrtpVerdict.AUTHENTIC) authentic++;
        return verdict == SrtpVerdict.AUTHENTIC;
    }

    private static byte[] bytes(ByteBuffer datagram) {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(datagram.position(), bytes);
        return bytes;
    }

    static List<byte[]> seeds() {
        var session = new SrtpSession(TERMS);
        var rtp = new ArrayList<byte[]>();
        for (int number = 65_534; number < 65_540; number++) {
            var packet = ByteBuffer.allocate(200).put(Packets.rtp(0, false, number, 160 * number, new byte[20]));
            session.protect(packet.flip());
            rtp.add(bytes(packet));
        }
        var rtcp = new ArrayList<byte[]>();
        for (byte[] report : Packets.reports()) {
            var packet = ByteBuffer.allocate(200).put(report);
            session.protectRtcp(packet.flip());
            rtcp.add(bytes(packet));
        }
        return List.of(Datagrams.input(rtp), Datagrams.input(rtcp), Datagrams.input(Packets.odd()));
    }
}
