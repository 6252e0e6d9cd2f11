package dev.outdial.server.facade.neutrino;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the fields of a multipart form (RFC 7578); what is broken in it is left out. Pure. */
final class Multipart {
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(
            "^content-disposition:\\s*form-data\\s*;(?:[^\\r\\n]*;)?\\s*name=(?:\"([^\"\\r\\n]{1,100})\"|([^\\s;\"]{1,100}))",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final String LINE_END = "\r\n";

    private Multipart() {}

    /** The fields by name, the first of each. */
    static Map<String, String> read(String contentType, byte[] body) {
        var fields = new HashMap<String, String>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) return fields;
        String mark = "--" + group(boundary);
        // One character for each byte; what is in the fields is read as UTF-8 afterwards.
        String text = LINE_END + new String(body, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(LINE_END + mark);
        while (at >= 0) {
            int begin = at + LINE_END.length() + mark.length();
            int end = text.indexOf(LINE_END + mark, begin);
            if (end < 0) break;
            part(text.substring(begin, end), fields);
            at = end;
        }
        return fields;
    }

    private static void part(String part, Map<String, String> fields) {
        int head = part.indexOf(LINE_END + LINE_END);
        if (head < 0) return;
        Matcher found = NAME.matcher(part.substring(0, head));
        Optional<String> name = found.find() ? Optional.of(utf8(group(found))) : Optional.empty();
        name.ifPresent(one -> fields.putIfAbsent(one, utf8(part.substring(head + 2 * LINE_END.length()))));
    }

    private static String group(Matcher matcher) {
        String quoted = matcher.group(1);
        return quoted == null ? matcher.group(2) : quoted;
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
