package dev.outdial.server.interop;

import dev.outdial.testbed.probe.DigitProbe;
import dev.outdial.testbed.probe.SoundProbe;
import dev.outdial.testbed.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One direction of a call's RTP, as it was captured. */
record Media(List<Captured<RtpPacket>> packets) {
    private static final int FRAME_SAMPLES = 160;
    private static final int PCMU = 0;

    /** What outdial offers and what the scenarios answer with. */
    private static final int TELEPHONE_EVENT = 101;

    private static final int MOST_SECONDS = 150;

    /** Packets in two seconds. */
    private static final int STRETCH = 100;

    Media {
        packets = List.copyOf(packets);
    }

    static Media to(Capture capture, int firstPort, int ports) {
        return of(capture, p -> isIn(p.destinationPort(), firstPort, ports));
    }

    static Media from(Capture capture, int firstPort, int ports) {
        return of(capture, p -> isIn(p.sourcePort(), firstPort, ports));
    }

    private static Media of(Capture capture, Predicate<Captured<RtpPacket>> wanted) {
        return new Media(capture.rtp().stream().filter(wanted).toList());
    }

    private static boolean isIn(int port, int first, int count) {
        return port >= first && port < first + count;
    }

    Set<Long> sources() {
        return packets.stream().map(p -> p.content().ssrc()).collect(Collectors.toSet());
    }

    private List<Captured<RtpPacket>> audio() {
        return packets.stream().filter(p -> p.content().payloadType() == PCMU).toList();
    }

    /** The PCMU sound as PCM, each packet at the place of its timestamp. */
    short[] sound() {
        var probe = new SoundProbe(MOST_SECONDS);
        audio().forEach(p -> probe.hear(p.content()));
        return probe.pcm();
    }

    /** The keys whose end was seen, each once. */
    String keys() {
        var probe = new DigitProbe(TELEPHONE_EVENT);
        packets.forEach(p -> probe.hear(p.content(), 0));
        return probe.heard().stream()
                .filter(DigitProbe.HeardDigit::ended)
                .map(key -> String.valueOf(key.digit()))
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
            if (now.content().sequence() != (before.content().sequence() + 1) % 65_536) {
                disorder.add("sequence: " + before + ", " + now);
            }
            if (!isKey(before) && !isKey(now) && samplesBetween(before, now) != FRAME_SAMPLES) {
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
            if (packet.content().payloadByteLength() != FRAME_SAMPLES) disorder.add("length: " + packet);
        }
        return disorder;
    }

    /** From one packet to the next, in seconds: the median of stretches of two seconds. */
    double usualPaceSeconds() {
        double[] paces = IntStream.range(0, packets.size() - STRETCH)
                .mapToDouble(i ->
                        packets.get(i + STRETCH).atSeconds() - packets.get(i).atSeconds())
                .sorted()
                .toArray();
        return paces[paces.length / 2] / STRETCH;
    }

    private static boolean isKey(Captured<RtpPacket> packet) {
        return packet.content().payloadType() == TELEPHONE_EVENT;
    }

    private static long samplesBetween(Captured<RtpPacket> before, Captured<RtpPacket> now) {
        return (now.content().timestamp() - before.content().timestamp()) & 0xFFFF_FFFFL;
    }
}
