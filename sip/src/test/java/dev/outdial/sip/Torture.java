package dev.outdial.sip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A torture test message of RFC 4475 or RFC 5118.
 *
 * @param name such as {@code rfc4475/valid/wsinv}
 * @param bytes the message
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes it
public record Torture(String name, byte[] bytes) {
    private static final Pattern MARK =
            Pattern.compile("<hex>([0-9A-F]*)</hex>|<repeat count=([0-9]+)>(.*?)</repeat>", Pattern.DOTALL);
    private static final Pattern ONE_LINE = Pattern.compile("<allOneLine>\n(.*?)\n</allOneLine>", Pattern.DOTALL);

    /** All of them. */
    public static List<Torture> all() {
        try {
            Path root = Path.of(Objects.requireNonNull(Torture.class.getResource("/torture"))
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".sip"))
                        .sorted(Comparator.comparing(Path::toString))
                        .map(file -> read(root, file))
                        .toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Torture read(Path root, Path file) {
        try {
            String name = root.relativize(file).toString().replace('\\', '/').replace(".sip", "");
            return new Torture(name, decoded(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // The notation of RFC 4475 section 2.
    private static byte[] decoded(String text) {
        String joined = ONE_LINE.matcher(text)
                .replaceAll(block -> Matcher.quoteReplacement(block.group(1).replace("\n", "")))
                .replace("\n", "\r\n");
        var bytes = new ByteArrayOutputStream();
        Matcher mark = MARK.matcher(joined);
        int at = 0;
        while (mark.find()) {
            bytes.writeBytes(joined.substring(at, mark.start()).getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(
                    mark.group(1) != null
                            ? HexFormat.of().parseHex(mark.group(1))
                            : mark.group(3)
                                    .repeat(Integer.parseInt(mark.group(2)))
                                    .getBytes(StandardCharsets.UTF_8));
            at = mark.end();
        }
        bytes.writeBytes(joined.substring(at).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** Whether it is in that folder. */
    boolean is(String kind) {
        return name.contains("/" + kind + "/");
    }

    /** Whether its Via names a port other than 5060. */
    boolean wantsAnswerElsewhere() {
        return name.endsWith("/mult-ip-in-header") || name.endsWith("/ipv4-mapped-ipv6");
    }

    boolean isInvite() {
        return new String(bytes, StandardCharsets.ISO_8859_1).startsWith("INVITE");
    }

    /** As it would be had it come by that transport: its Vias say so. */
    byte[] over(String transport) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replaceAll("(SIP */ *2\\.0[ \r\n]*/ *)(UDP|TCP|TLS)", "$1" + transport)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
