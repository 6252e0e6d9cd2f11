package dev.outdial.media.sdp;

import dev.outdial.media.sdp.MediaDescription.Connection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one session description; used once. */
final class SdpParser {
    private static final int MAX_SECTIONS = 32;
    private static final Pattern LINE_ENDS = Pattern.compile("[\r\n]+");
    private static final Pattern SPACES = Pattern.compile("[ \\t]+");

    private final byte[] bytes;
    private final List<MediaDescription> media = new ArrayList<>();
    private String sessionId = "";
    private String version = "";
    private Optional<Connection> sessionConnection = Optional.empty();
    private Optional<Direction> sessionDirection = Optional.empty();
    private Optional<SectionReader> section = Optional.empty();

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
            take(line.charAt(0), line.substring(2).strip());
        }
        if (!any) throw new SdpException("no line of the form x=..., expected a session description");
        endSection();
        return new SessionDescription(sessionId, version, sessionConnection, sessionDirection, media);
    }

    private void take(char type, String value) throws SdpException {
        switch (type) {
            case 'o' -> origin(value);
            case 'c' -> {
                Connection connection = connection(value);
                if (section.isPresent()) section.get().connection(connection);
                else sessionConnection = Optional.of(connection);
            }
            case 'm' -> {
                endSection();
                if (media.size() >= MAX_SECTIONS) throw new SdpException("more than " + MAX_SECTIONS + " m= lines");
                section = Optional.of(new SectionReader(value));
            }
            case 'a' -> attribute(value);
            default -> {
                // v=, s=, t=, b=, k= and what others invent: nothing here depends on them.
            }
        }
    }

    private void endSection() {
        section.ifPresent(last -> media.add(last.finished()));
    }

    private void origin(String value) {
        String[] words = SPACES.split(value, -1);
        if (words.length < 3) return;
        sessionId = words[1];
        version = words[2];
    }

    /** Whether it can be used is decided by who needs it: a section that is refused anyway may name what it likes. */
    private static Connection connection(String value) {
        String[] words = SPACES.split(value, -1);
        if (words.length < 3 || !words[0].equalsIgnoreCase("IN")) return new Connection(value, Optional.empty());
        // An address may be followed by /ttl or /count.
        return new Connection(value, Numeric.address(words[2].split("/", 2)[0]));
    }

    private void attribute(String value) {
        String[] parts = value.split(":", 2);
        String name = parts[0].strip().toLowerCase(Locale.ROOT);
        switch (name) {
            case "sendrecv", "sendonly", "recvonly", "inactive" ->
                direction(Direction.valueOf(name.toUpperCase(Locale.ROOT)));
            default -> section.ifPresent(current -> current.attribute(name, parts.length == 2 ? parts[1].strip() : ""));
        }
    }

    private void direction(Direction direction) {
        if (section.isPresent()) section.get().direction(direction);
        else sessionDirection = Optional.of(direction);
    }
}
