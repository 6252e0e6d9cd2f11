package dev.outdial.dialer.flow.run;

import dev.outdial.media.fetch.WebRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a flow's author wants something to go: an address, and the name and password that were written in it, which go by Basic
 * authentication (RFC 7617) and are not shown.
 */
record WebTarget(URI address, Optional<String> credentials) {
    private static final Pattern WITH_USER = Pattern.compile("(https?://)([^/?#]*)@([^@]*)", Pattern.CASE_INSENSITIVE);

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException where it is none; says so without it
     */
    static WebTarget of(String written) {
        String typed = written.strip();
        int end = endOfAuthority(typed);
        Matcher user = WITH_USER.matcher(typed.substring(0, end));
        try {
            return user.matches()
                    ? new WebTarget(
                            new URI(user.group(1) + user.group(3) + typed.substring(end)),
                            Optional.of(decoded(user.group(2))))
                    : new WebTarget(new URI(typed), Optional.empty());
        } catch (URISyntaxException misspelt) {
            // Not the cause either: it holds the address.
            throw new IllegalArgumentException("what is to be asked or told is no http or https address");
        }
    }

    private static int endOfAuthority(String typed) {
        int start = typed.indexOf("://");
        int end = start < 0 ? typed.length() : start + 3;
        while (end < typed.length() && "/?#".indexOf(typed.charAt(end)) < 0) end++;
        return end;
    }

    /** A plus sign is one. */
    private static String decoded(String user) throws URISyntaxException {
        try {
            return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException misspelt) {
            throw new URISyntaxException("", "percent sign");
        }
    }

    /** The same with one more name and value in its query. */
    WebTarget with(String name, String value) {
        String plain = address.toString().split("#", 2)[0];
        String pair = name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        return new WebTarget(URI.create(plain + (plain.indexOf('?') < 0 ? "?" : "&") + pair), credentials);
    }

    /** @throws IllegalArgumentException for a method that there is not */
    WebRequest request(String method, Optional<String> body) {
        var request = new WebRequest(method, address, Map.of(), body);
        return credentials
                .map(user -> request.with(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(withColon(user).getBytes(StandardCharsets.UTF_8))))
                .orElse(request);
    }

    private static String withColon(String user) {
        return user.indexOf(':') < 0 ? user + ":" : user;
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "WebTarget[" + address.getHost() + "]";
    }
}
