package dev.outdial.server.interop;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** An RTP packet as tshark reads it: time in seconds since the capture's beginning, {@code event} for telephone-event. */
record RtpPacket(
        double atSeconds,
        int sourcePort,
        int destinationPort,
        String ssrc,
        int sequence,
        long timestamp,
        boolean marker,
        int payloadType,
        byte[] payload,
        Optional<Event> event) {

    static final List<String> FIELDS = List.of(
            "frame.time_relative",
            "udp.srcport",
            "udp.dstport",
            "rtp.ssrc",
            "rtp.seq",
            "rtp.timestamp",
            "rtp.marker",
            "rtp.p_type",
            "rtp.payload",
            "rtpevent.event_id",
            "rtpevent.end_of_event",
            "rtpevent.duration");

    private static final String KEYS = "0123456789*#ABCD";

    /** The body of an RFC 4733 packet; the duration counts samples. */
    record Event(char key, boolean end, int duration) {}

    static RtpPacket parse(String[] row) {
        return new RtpPacket(
                Double.parseDouble(row[0]),
                Integer.parseInt(row[1]),
                Integer.parseInt(row[2]),
                row[3],
                Integer.parseInt(row[4]),
                Long.parseLong(row[5]),
                isTrue(row[6]),
                Integer.parseInt(row[7]),
                HexFormat.of().parseHex(row[8].replace(":", "")),
                row[9].isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Event(
                                KEYS.charAt(Integer.decode(row[9])), isTrue(row[10]), Integer.decode(row[11]))));
    }

    private static boolean isTrue(String field) {
        return field.equals("1") || field.equalsIgnoreCase("true");
    }

    @Override
    public String toString() {
        return "%.3f %d->%d ssrc=%s seq=%d ts=%d%s pt=%d %d bytes%s"
                .formatted(
                        atSeconds,
                        sourcePort,
                        destinationPort,
                        ssrc,
                        sequence,
                        timestamp,
                        marker ? " M" : "",
                        payloadType,
                        payload.length,
                        event.map(e -> " " + e).orElse(""));
    }
}
