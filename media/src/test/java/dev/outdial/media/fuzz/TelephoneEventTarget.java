package dev.outdial.media.fuzz;

import static dev.outdial.media.fuzz.Datagrams.require;

import dev.outdial.media.dtmf.TelephoneEventReceiver;
import dev.outdial.media.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.List;

/** Anything as telephone-events: each packet makes one key at most, and none lasts less than no time. */
public final class TelephoneEventTarget {
    private final RtpPacket packet = new RtpPacket();
    private final TelephoneEventReceiver keys = new TelephoneEventReceiver(this::released);
    private int understood;
    private final StringBuilder heard = new StringBuilder();

    private TelephoneEventTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        hear(input);
    }

    /** The keys in this input. */
    static String hear(byte[] input) {
        var target = new TelephoneEventTarget();
        Datagrams.each(input, target::take);
        target.keys.finish();
        require(target.heard.length() <= target.understood, "no more keys than packets");
        return target.heard.toString();
    }

    private void take(ByteBuffer datagram, long nowNanos) {
        keys.wake(nowNanos);
        if (packet.parse(datagram)
                && keys.put(
                        packet.ssrc(),
                        packet.timestamp(),
                        datagram,
                        packet.payloadOffset(),
                        packet.payloadLength(),
                        nowNanos)) understood++;
    }

    private void released(char digit, int durationMillis) {
        heard.append(digit);
        require("0123456789*#ABCD".indexOf(digit) >= 0, "a key");
        require(durationMillis >= 0, "no negative duration");
    }

    static List<byte[]> seeds() {
        return List.of(Datagrams.input(Packets.keys()), Datagrams.input(Packets.sound()));
    }
}
