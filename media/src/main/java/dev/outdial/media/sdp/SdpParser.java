package dev.outdial.media.sdp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one session description; used once. */
final class SdpParser {
    private static final int MAX_SECTIONS = 32;
    private static final int MAX_FORMATS = 128;
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern LINE_ENDS = Pattern.compile("[\r\n]+");
    private static final Pattern SPACES = Pattern.compile("[ \\t]+");

    private final byte[] bytes;
    private final List<MediaDescription> media = new ArrayList<>();
    private String sessionId = "";
    private String version = "";
    private Optional<InetAddress> sessionConnection = Optional.empty();
    private Optional<Direction> sessionDirection = Optional.empty();
    private Optional<Section> section = Optional.empty();

    /** An m= section while its lines come in. */
    private static final class Section {
        private final String type;
        private final int port;
        private final String protocol;
        private final List<Integer> formats;
        private final Map<Integer, String> rtpMaps = new TreeMap<>();
        private Optional<InetAddress> connection = Optional.empty();
        private Optional<Direction> direction = Optional.empty();
        private OptionalInt ptimeMillis = OptionalInt.empty();
        private Optional<MediaDescription.Rtcp> rtcp = Optional.empty();

        Section(String type, int port, String protocol, List<Integer> formats) {
            this.type = type;
            this.port = port;
            this.protocol = protocol;
            this.formats = formats;
        }

        MediaDescription finished() {
            return new MediaDescription(
                    type, port, protocol, formats, rtpMaps, connection, direction, ptimeMillis, rtcp);
        }
    }

    SdpParser(byte[] bytes) {
        this.bytes = bytes;
    }

    SessionDescription parse() throws SdpException {
        if (bytes.length > SessionDescription.MAX_BYTES)
            throw new SdpException("session description of " + bytes.length + " bytes, expected at most "
                    + SessionDescription.MAX_BYTES);
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean any = false;
        for (String line : LINE_ENDS.split(text, -1)) {
            if (line.length() < 2 || line.charAt(1) != '=') continue;
            any = true;
            take(line.charAt(0), line.substring(2).strip(), line);
        }
        if (!any) throw new SdpException("no line of the form x=..., expected a session description");
        section.ifPresent(last -> media.add(last.finished()));
        return new SessionDescription(sessionId, version, sessionConnection, sessionDirection, media);
    }

    private void take(char type, String value, String line) throws SdpException {
        switch (type) {
            case 'o' -> origin(value);
            case 'c' -> {
                Optional<InetAddress> address = Optional.of(connection(value, line));
                if (section.isPresent()) section.get().connection = address;
                else sessionConnection = address;
            }
            case 'm' -> {
                section.ifPresent(last -> media.add(last.finished()));
                if (media.size() >= MAX_SECTIONS) throw new SdpException("more than " + MAX_SECTIONS + " m= lines");
                section = Optional.of(section(value, line));
            }
            case 'a' -> attribute(value);
            default -> {
                // v=, s=, t=, b=, k= and what others invent: nothing here depends on them.
            }
        }
    }

    private void origin(String value) {
        String[] words = SPACES.split(value, -1);
        if (words.length < 3) return;
        sessionId = words[1];
        version = words[2];
    }

    private static InetAddress connection(String value, String line) throws SdpException {
        String[] words = SPACES.split(value, -1);
        if (words.length < 3 || !words[0].equalsIgnoreCase("IN"))
            throw new SdpException(quoted(line) + ", expected c=IN IP4 or IP6 and an address");
        // An address may be followed by /ttl or /count.
        String text = words[2].split("/", 2)[0];
        return address(text)
                .orElseThrow(
                        () -> new SdpException(quoted(line) + ", expected a numeric address: names are not looked up"));
    }

    /** An address from its numeric form; a name is never looked up. */
    private static Optional<InetAddress> address(String text) {
        try {
            var four = IPV4.matcher(text);
            if (four.matches()) {
                byte[] bytes = new byte[4];
                for (int i = 0; i < 4; i++) {
                    int value = Integer.parseInt(four.group(i + 1));
                    if (value > 255) return Optional.empty();
                    bytes[i] = (byte) value;
                }
                return Optional.of(InetAddress.getByAddress(bytes));
            }
            return IPV6.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Section section(String value, String line) throws SdpException {
        String[] words = SPACES.split(value, -1);
        if (words.length < 3) throw new SdpException(quoted(line) + ", expected m=type port protocol formats");
        int port = number(words[1].split("/", 2)[0]);
        if (port < 0 || port > 65535) throw new SdpException(quoted(line) + ", expected a port of 0 to 65535");
        List<Integer> formats = new ArrayList<>();
        for (int i = 3; i < words.length && formats.size() < MAX_FORMATS; i++) {
            int format = number(words[i]);
            if (format >= 0 && format <= 127) formats.add(format);
        }
        return new Section(words[0].toLowerCase(Locale.ROOT), port, words[2].toUpperCase(Locale.ROOT), formats);
    }

    private void attribute(String value) {
        String[] parts = value.split(":", 2);
        String name = parts[0].toLowerCase(Locale.ROOT);
        switch (name) {
            case "sendrecv", "sendonly", "recvonly", "inactive" ->
                direction(Direction.valueOf(name.toUpperCase(Locale.ROOT)));
            case "rtpmap", "ptime", "rtcp" -> {
                if (parts.length == 2) section.ifPresent(current -> attribute(current, name, parts[1].strip()));
            }
            default -> {
                // Unknown attributes are to be ignored (RFC 8866 section 5.13).
            }
        }
    }

    private void direction(Direction direction) {
        if (section.isPresent()) section.get().direction = Optional.of(direction);
        else sessionDirection = Optional.of(direction);
    }

    private static void attribute(Section section, String name, String value) {
        String[] words = SPACES.split(value, 2);
        int first = number(words[0]);
        switch (name) {
            case "rtpmap" -> {
                if (words.length == 2 && first >= 0 && first <= 127)
                    section.rtpMaps.put(first, words[1].strip().toLowerCase(Locale.ROOT));
            }
            case "ptime" -> {
                // Some write 20.0; a fraction of a millisecond is nothing anybody sends.
                int millis = number(words[0].split("\\.", 2)[0]);
                if (millis > 0) section.ptimeMillis = OptionalInt.of(millis);
            }
            case "rtcp" -> {
                String[] all = SPACES.split(value, -1);
                if (first > 0 && first <= 65535)
                    section.rtcp = Optional.of(
                            new MediaDescription.Rtcp(first, all.length >= 4 ? address(all[3]) : Optional.empty()));
            }
            default -> throw new IllegalStateException(name);
        }
    }

    /** A whole number of at most nine digits, or -1. */
    private static int number(String text) {
        if (text.isEmpty() || text.length() > 9) return -1;
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return -1;
            value = 10 * value + c - '0';
        }
        return value;
    }

    private static String quoted(String line) {
        return '"' + Shown.of(line) + '"';
    }
}
