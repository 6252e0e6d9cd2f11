package dev.outdial.testbed.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first audio stream of a session description.
 *
 * @param host the address of the c= line that applies, without brackets
 * @param port the RTP port; 0 for a stream that is refused
 * @param formats in order of preference
 * @param direction who sends
 * @param ptimeMillis the packet length asked for; 20 when none is written
 */
public record AudioDescription(String host, int port, List<AudioFormat> formats, Direction direction, int ptimeMillis) {
    private static final int DEFAULT_PTIME_MILLIS = 20;

    /** Copies the list. */
    public AudioDescription {
        formats = List.copyOf(formats);
    }

    /** What is known of a stream while its lines are read. */
    private static final class Reading {
        private String host = "";
        private int port = -1;
        private List<Integer> payloadTypes = List.of();
        private Direction direction = Direction.SENDRECV;
        private int ptimeMillis = DEFAULT_PTIME_MILLIS;
        private final Map<Integer, String> maps = new HashMap<>();
        private final Map<Integer, String> parameters = new HashMap<>();
    }

    /** Reads a description; empty when it has no audio stream over RTP/AVP or no address for it. */
    public static Optional<AudioDescription> parse(String sdp) {
        var reading = new Reading();
        boolean elsewhere = false;
        for (var line : sdp.lines().toList()) {
            if (line.length() < 2 || line.charAt(1) != '=') continue;
            var value = line.substring(2).strip();
            if (line.charAt(0) == 'm') {
                elsewhere = reading.port >= 0 || !readMedia(value, reading);
            } else if (!elsewhere) {
                readLine(line.charAt(0), value, reading);
            }
        }
        if (reading.port < 0 || reading.host.isEmpty()) return Optional.empty();
        var formats =
                reading.payloadTypes.stream().map(pt -> format(pt, reading)).toList();
        return Optional.of(
                new AudioDescription(reading.host, reading.port, formats, reading.direction, reading.ptimeMillis));
    }

    private static boolean readMedia(String value, Reading reading) {
        var parts = List.of(value.split("\\s+"));
        if (parts.size() < 4 || !parts.get(0).equals("audio") || !parts.get(2).startsWith("RTP/AVP")) return false;
        int slash = parts.get(1).indexOf('/');
        var port = number(slash < 0 ? parts.get(1) : parts.get(1).substring(0, slash), 65_535);
        if (port.isEmpty()) return false;
        reading.port = port.get();
        reading.payloadTypes =
                parts.stream().skip(3).flatMap(t -> number(t, 127).stream()).toList();
        return true;
    }

    private static void readLine(char type, String value, Reading reading) {
        if (type == 'c') {
            var parts = List.of(value.split("\\s+"));
            if (parts.size() == 3 && parts.get(0).equals("IN")) reading.host = parts.get(2);
        } else if (type == 'a') {
            Direction.named(value).ifPresent(d -> reading.direction = d);
            int colon = value.indexOf(':');
            if (colon > 0)
                readAttribute(
                        value.substring(0, colon), value.substring(colon + 1).strip(), reading);
        }
    }

    private static void readAttribute(String name, String value, Reading reading) {
        int blank = value.indexOf(' ');
        switch (name) {
            case "ptime" -> number(value, 1000).filter(p -> p > 0).ifPresent(p -> reading.ptimeMillis = p);
            case "rtpmap", "fmtp" -> {
                if (blank < 0) return;
                var target = name.equals("rtpmap") ? reading.maps : reading.parameters;
                var rest = value.substring(blank + 1).strip();
                number(value.substring(0, blank), 127).ifPresent(pt -> target.putIfAbsent(pt, rest));
            }
            default -> {} // no other attribute matters to one audio stream of G.711
        }
    }

    private static AudioFormat format(int payloadType, Reading reading) {
        var parameters = reading.parameters.getOrDefault(payloadType, "");
        var map = reading.maps.get(payloadType);
        if (map == null) {
            return switch (payloadType) {
                case 0 -> AudioFormat.PCMU;
                case 8 -> AudioFormat.PCMA;
                default -> new AudioFormat(payloadType, "", 0, parameters);
            };
        }
        var parts = List.of(map.split("/"));
        int clock = parts.size() > 1 ? number(parts.get(1), 1_000_000).orElse(0) : 0;
        return new AudioFormat(payloadType, parts.isEmpty() ? "" : parts.getFirst(), clock, parameters);
    }

    private static Optional<Integer> number(String text, int most) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9'))
            return Optional.empty();
        int value = Integer.parseInt(text);
        return value > most ? Optional.empty() : Optional.of(value);
    }

    /** The first format of that encoding at 8 kHz. */
    public Optional<AudioFormat> format(String encodingName) {
        return formats.stream().filter(f -> f.is(encodingName)).findFirst();
    }

    /** The whole description as text, with this session id and version. */
    public String toText(long sessionId, long version) {
        var family = host.contains(":") ? "IP6" : "IP4";
        var lines = new ArrayList<String>();
        lines.add("v=0");
        lines.add("o=testbed " + sessionId + " " + version + " IN " + family + " " + host);
        lines.add("s=-");
        lines.add("c=IN " + family + " " + host);
        lines.add("t=0 0");
        var media = new StringBuilder("m=audio " + port + " RTP/AVP");
        formats.forEach(f -> media.append(' ').append(f.payloadType()));
        lines.add(media.toString());
        for (var f : formats) {
            lines.add("a=rtpmap:" + f.payloadType() + " " + f.encodingName() + "/" + f.clockRateHertz());
            if (!f.parameters().isEmpty()) lines.add("a=fmtp:" + f.payloadType() + " " + f.parameters());
        }
        lines.add("a=ptime:" + ptimeMillis);
        lines.add("a=" + direction.attribute());
        return String.join("\r\n", lines) + "\r\n";
    }
}
