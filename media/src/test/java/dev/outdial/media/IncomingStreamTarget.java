package dev.outdial.media;

import static dev.outdial.media.fuzz.Datagrams.require;

import dev.outdial.media.fuzz.Datagrams;
import dev.outdial.media.fuzz.Packets;
import dev.outdial.media.rtp.RtpReceiver;
import java.util.ArrayList;
import java.util.List;

/** Anything from the far end's address, as a whole stream: no more events than datagrams, and all of them counted. */
public final class IncomingStreamTarget {
    private IncomingStreamTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var events = new ArrayList<MediaEvent>();
        var receiver = new RtpReceiver();
        var stream = new IncomingStream(receiver, SimulatedPair.RECEIVE, SessionOptions.DEFAULT, events::add);
        stream.agree(SimulatedPair.TERMS, 0);
        stream.listen((samples, count, nowNanos) -> {});
        Datagrams.each(input, (datagram, nowNanos) -> {
            stream.put(datagram, SimulatedPair.LEFT, nowNanos);
            stream.tick(nowNanos);
        });
        stream.finish();
        require(events.size() <= 2 + input.length / 2, "no more events than datagrams");
        require(stream.strangers() == 0, "no strangers");
    }

    public static List<byte[]> seeds() {
        return List.of(
                Datagrams.input(Packets.sound()), Datagrams.input(Packets.keys()), Datagrams.input(Packets.odd()));
    }
}
