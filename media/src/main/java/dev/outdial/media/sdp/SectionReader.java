package dev.outdial.media.sdp;

import dev.outdial.media.sdp.MediaDescription.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one m= section, line by line; used once. */
final class SectionReader {
    private static final int MAX_FORMATS = 128;
    private static final int MAX_CRYPTO = 32;
    private static final Pattern SPACES = Pattern.compile("[ \\t]+");
    /** What an m= line consists of (RFC 8866 section 9, token and proto): it is written back where the stream is refused. */
    private static final Pattern TOKEN = Pattern.compile("[!#-'*+./0-9A-Z^-~-]+");

    private final String type;
    private final int port;
    private final String protocol;
    private final String firstFormat;
    private final List<Integer> formats = new ArrayList<>();
    private final Map<Integer, String> rtpMaps = new TreeMap<>();
    private final Map<Integer, String> formatParameters = new TreeMap<>();
    private final List<CryptoAttribute> crypto = new ArrayList<>();
    private Optional<Connection> connection = Optional.empty();
    private Optional<Direction> direction = Optional.empty();
    private OptionalInt ptimeMillis = OptionalInt.empty();
    private OptionalInt maxPtimeMillis = OptionalInt.empty();
    private Optional<MediaDescription.Rtcp> rtcp = Optional.empty();

    /**
     * Begins with the m= line.
     *
     * @param value what stands after {@code m=}
     * @throws SdpException when it has no type, port in range and protocol
     */
    SectionReader(String value) throws SdpException {
        String[] words = SPACES.split(value, -1);
        if (words.length < 3
                || !TOKEN.matcher(words[0]).matches()
                || !TOKEN.matcher(words[2]).matches())
            throw new SdpException(shown(value) + ", expected m=type port protocol formats");
        type = words[0].toLowerCase(Locale.ROOT);
        port = Numeric.whole(words[1].split("/", 2)[0]);
        if (port < 0 || port > 65535) throw new SdpException(shown(value) + ", expected a port of 0 to 65535");
        protocol = words[2];
        firstFormat = words.length > 3 && TOKEN.matcher(words[3]).matches() ? words[3] : "0";
        for (int i = 3; i < words.length && formats.size() < MAX_FORMATS; i++) {
            int format = Numeric.whole(words[i]);
            if (format >= 0 && format <= 127) formats.add(format);
        }
    }

    private static String shown(String value) {
        return "\"m=" + Shown.of(value) + '"';
    }

    void connection(Connection of) {
        connection = Optional.of(of);
    }

    void direction(Direction of) {
        direction = Optional.of(of);
    }

    /** An attribute; unknown ones are passed over (RFC 8866 section 5.13). */
    void attribute(String name, String value) {
        switch (name) {
            case "rtpmap" -> numbered(value, rtpMaps);
            case "fmtp" -> numbered(value, formatParameters);
            case "ptime" -> ptimeMillis = millis(value, ptimeMillis);
            case "maxptime" -> maxPtimeMillis = millis(value, maxPtimeMillis);
            case "rtcp" -> rtcp(value);
            case "crypto" -> {
                if (crypto.size() < MAX_CRYPTO) crypto.add(new CryptoReader(value).read());
            }
            default -> {
                // Nothing here depends on it.
            }
        }
    }

    private static void numbered(String value, Map<Integer, String> into) {
        String[] words = SPACES.split(value, 2);
        int number = Numeric.whole(words[0]);
        if (words.length == 2 && number >= 0 && number <= 127)
            into.put(number, words[1].strip().toLowerCase(Locale.ROOT));
    }

    private static OptionalInt millis(String value, OptionalInt otherwise) {
        // Some write 20.0; a fraction of a millisecond is nothing anybody sends.
        int millis = Numeric.whole(SPACES.split(value, 2)[0].split("\\.", 2)[0]);
        return millis > 0 ? OptionalInt.of(millis) : otherwise;
    }

    private void rtcp(String value) {
        String[] words = SPACES.split(value, -1);
        int rtcpPort = Numeric.whole(words[0]);
        if (rtcpPort <= 0 || rtcpPort > 65535) return;
        rtcp = Optional.of(
                new MediaDescription.Rtcp(rtcpPort, words.length >= 4 ? Numeric.address(words[3]) : Optional.empty()));
    }

    MediaDescription finished() {
        return new MediaDescription(
                type,
                port,
                protocol,
                firstFormat,
                formats,
                rtpMaps,
                formatParameters,
                connection,
                direction,
                ptimeMillis,
                maxPtimeMillis,
                rtcp,
                crypto);
    }
}
