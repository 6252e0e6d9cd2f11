package dev.outdial.sip.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads the grammar of RFC 3261 section 25.1 for {@link SipUri}; deliberately narrower than the RFC where that is safer. */
final class SipUriParser {
    private static final int LONGEST = 1024;
    private static final int LONGEST_HOST_NAME = 253;
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]");
    // pname and pvalue: paramchar = param-unreserved / unreserved / escaped
    private static final Pattern PARAMETER = Pattern.compile("(?:[A-Za-z0-9\\-_.!~*'()\\[\\]/:&+$]|%[0-9A-Fa-f]{2})*");
    private static final String USER_UNESCAPED = "-_.!~*'()&=+$,;?/";

    private SipUriParser() {}

    static SipUri parse(String text) {
        if (text.length() > LONGEST) throw bad(text, "is longer than " + LONGEST + " characters");
        Text.withoutControls("a SIP URI", text);
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("sip") && !scheme.equals("sips")) throw bad(text, "does not begin with sip: or sips:");
        String rest = text.substring(colon + 1);

        Optional<String> user = Optional.empty();
        int at = rest.lastIndexOf('@');
        if (at >= 0) {
            user = Optional.of(user(text, rest.substring(0, at)));
            rest = rest.substring(at + 1);
        }
        if (rest.indexOf('?') >= 0) throw bad(text, "carries headers after '?', which are not supported");
        int semicolon = rest.indexOf(';');
        String hostPort = semicolon < 0 ? rest : rest.substring(0, semicolon);
        Map<String, String> parameters = semicolon < 0 ? Map.of() : parameters(text, rest.substring(semicolon + 1));

        int portColon = hostPort.startsWith("[")
                ? hostPort.indexOf(':', Math.max(hostPort.indexOf(']'), 0))
                : hostPort.indexOf(':');
        String host = portColon < 0 ? hostPort : hostPort.substring(0, portColon);
        OptionalInt port = portColon < 0 ? OptionalInt.empty() : port(text, hostPort.substring(portColon + 1));
        if (host.isEmpty()) throw bad(text, "has no host");
        try {
            return new SipUri(scheme.equals("sips"), user, host, port, parameters);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + Text.shown(text) + "': " + e.getMessage(), e);
        }
    }

    static void checkHost(String host) {
        if (!isHostName(host) && !IPV6.matcher(host).matches()) {
            throw new IllegalArgumentException("'" + Text.shown(host) + "' is neither a host name nor an IP address");
        }
    }

    // A plain loop: URIs are read several times for each call. A dot may stand at the end; neither a dot nor
    // a hyphen may stand at the beginning or before that.
    private static boolean isHostName(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        if (end < 1 || end > LONGEST_HOST_NAME || !isInName(host.charAt(0)) || !isInName(host.charAt(end - 1)))
            return false;
        for (int i = 1; i < end - 1; i++) {
            char c = host.charAt(i);
            if (!isInName(c) && c != '.' && c != '-') return false;
        }
        return true;
    }

    private static boolean isInName(char c) {
        return isAlphanumeric(c) || c == '_';
    }

    static void checkParameter(String name, String value) {
        if (name.isEmpty()
                || !PARAMETER.matcher(name).matches()
                || !PARAMETER.matcher(value).matches()) {
            throw new IllegalArgumentException("parameter '" + Text.shown(name) + "=" + Text.shown(value)
                    + "' holds a character that must be escaped");
        }
    }

    static String escapeUser(String user) {
        if (isPlain(user)) return user;
        var escaped = new StringBuilder(user.length());
        for (byte b : user.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isAlphanumeric(c) || USER_UNESCAPED.indexOf(c) >= 0) escaped.append(c);
            else escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return escaped.toString();
    }

    private static String user(String uri, String escaped) {
        if (escaped.isEmpty()) throw bad(uri, "has nothing before the '@'");
        if (escaped.indexOf(':') >= 0) {
            // Not repeated in the message: what follows the colon is a secret.
            throw new IllegalArgumentException("a SIP URI holds a password; give user and password apart from it");
        }
        if (isPlain(escaped)) return escaped;
        var bytes = ByteBuffer.allocate(escaped.length() * 3);
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                if (i + 2 >= escaped.length()
                        || !HexFormat.isHexDigit(escaped.charAt(i + 1))
                        || !HexFormat.isHexDigit(escaped.charAt(i + 2))) {
                    throw bad(uri, "has a '%' that is not followed by two hexadecimal digits");
                }
                bytes.put((byte) HexFormat.fromHexDigits(escaped, i + 1, i + 3));
                i += 2;
            } else if (c == '@' || c == '<' || c == '>' || c == '"' || c == ' ') {
                throw bad(uri, "has the character '" + c + "' in its user part, which must be written as %XX");
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw bad(uri, "has a user part that is not UTF-8");
        }
    }

    /** Whether it reads the same escaped and not. */
    private static boolean isPlain(String user) {
        for (int i = 0; i < user.length(); i++) {
            char c = user.charAt(i);
            if (!isAlphanumeric(c) && USER_UNESCAPED.indexOf(c) < 0) return false;
        }
        return true;
    }

    private static OptionalInt port(String uri, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw bad(uri, "has '" + Text.shown(digits) + "' where a port of 1-65535 was expected");
        }
        return OptionalInt.of(Integer.parseInt(digits));
    }

    private static Map<String, String> parameters(String uri, String text) {
        var parameters = new LinkedHashMap<String, String>();
        for (String parameter : text.split(";", -1)) {
            int equals = parameter.indexOf('=');
            String name = (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
            if (parameters.put(name, equals < 0 ? "" : parameter.substring(equals + 1)) != null) {
                throw bad(uri, "has the parameter '" + Text.shown(name) + "' twice");
            }
        }
        return parameters;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    // What was typed may hold a password, and sentences end up on screens and in logs.
    private static String withoutPassword(String shown) {
        int at = shown.lastIndexOf('@');
        int colon = at < 0 ? -1 : shown.lastIndexOf(':', at);
        boolean scheme = colon == 3 || colon == 4;
        return colon < 0 || (scheme && shown.regionMatches(true, 0, "sip", 0, 3))
                ? shown
                : shown.substring(0, colon) + ":***" + shown.substring(at);
    }

    private static IllegalArgumentException bad(String uri, String what) {
        return new IllegalArgumentException("'" + withoutPassword(Text.shown(uri)) + "' " + what
                + "; expected sip:user@host[:port][;transport=udp|tcp|tls]");
    }
}
