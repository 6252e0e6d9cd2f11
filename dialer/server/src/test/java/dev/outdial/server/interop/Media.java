package dev.outdial.server.interop;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One direction of a call's RTP, as it was captured. */
record Media(List<RtpPacket> packets) {
    private static final int FRAME_SAMPLES = 160;
    private static final int PCMU = 0;

    Media {
        packets = List.copyOf(packets);
    }

    static Media to(Capture capture, int firstPort, int ports) {
        return of(capture, p -> isIn(p.destinationPort(), firstPort, ports));
    }

    static Media from(Capture capture, int firstPort, int ports) {
        return of(capture, p -> isIn(p.sourcePort(), firstPort, ports));
    }

    private static Media of(Capture capture, Predicate<RtpPacket> wanted) {
        return new Media(capture.rtp().stream().filter(wanted).toList());
    }

    private static boolean isIn(int port, int first, int count) {
        return port >= first && port < first + count;
    }

    Set<String> sources() {
        return packets.stream().map(RtpPacket::ssrc).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    List<RtpPacket> audio() {
        return packets.stream().filter(p -> p.payloadType() == PCMU).toList();
    }

    /** The PCMU payload as PCM, packet after packet. */
    short[] sound() {
        var encoded = new ByteArrayOutputStream();
        for (var packet : audio()) encoded.writeBytes(packet.payload());
        return MuLaw.decode(encoded.toByteArray());
    }

    /** The keys: one a (SSRC, timestamp), RFC 4733 2.5.1.2, whose end was seen. */
    String keys() {
        record Press(String ssrc, long timestamp, char key) {}
        return packets.stream()
                .flatMap(
                        p -> p
                                .event()
                                .filter(RtpPacket.Event::end)
                                .map(e -> new Press(p.ssrc(), p.timestamp(), e.key()))
                                .stream())
                .distinct()
                .map(press -> String.valueOf(press.key()))
                .collect(Collectors.joining());
    }

    /**
     * What is wrong with the order of the packets: sequence numbers go up by one, an audio packet has 160 samples, and
     * the timestamps of audio go up by 160 a packet, across the time that key presses took as well.
     */
    List<String> disorder() {
        var disorder = new ArrayList<String>();
        for (int i = 1; i < packets.size(); i++) {
            var before = packets.get(i - 1);
            var now = packets.get(i);
            if (now.sequence() != (before.sequence() + 1) % 65_536) disorder.add("sequence: " + before + ", " + now);
            if (before.event().isEmpty() && now.event().isEmpty() && samplesBetween(before, now) != FRAME_SAMPLES) {
                disorder.add("timestamp: " + before + ", " + now);
            }
        }
        var audio = audio();
        for (int i = 1; i < audio.size(); i++) {
            if (samplesBetween(audio.get(i - 1), audio.get(i)) % FRAME_SAMPLES != 0) {
                disorder.add("timestamp off the grid: " + audio.get(i - 1) + ", " + audio.get(i));
            }
        }
        for (var packet : audio) {
            if (packet.payload().length != FRAME_SAMPLES) disorder.add("length: " + packet);
        }
        return disorder;
    }

    private static long samplesBetween(RtpPacket before, RtpPacket now) {
        return now.timestamp() - before.timestamp() & 0xFFFF_FFFFL;
    }
}
