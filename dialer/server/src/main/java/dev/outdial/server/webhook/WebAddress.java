package dev.outdial.server.webhook;

import dev.outdial.server.calls.Callbacks;
import dev.outdial.server.webhook.Profile.Message;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * An address that somebody wants to be told at, which may hold a user name and password.
 *
 * @param plain without these
 * @param authorization the value of {@code Authorization} that is made of them (RFC 7617)
 */
record WebAddress(URI plain, Optional<String> authorization) {
    /** @throws URISyntaxException where it is none; what is wrong with it may hold the password */
    static WebAddress parse(String url) throws URISyntaxException {
        URI uri = new URI(url);
        String user = uri.getRawUserInfo();
        if (user == null) return new WebAddress(uri, Optional.empty());
        int colon = user.indexOf(':');
        String name = decoded(colon < 0 ? user : user.substring(0, colon));
        String password = colon < 0 ? "" : decoded(user.substring(colon + 1));
        String token = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        String authority = uri.getRawAuthority();
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new WebAddress(new URI(uri.getScheme() + "://" + host + path + query), Optional.of("Basic " + token));
    }

    /** Percent signs alone: a plus is one. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException asItIs) {
            return text;
        }
    }

    /** The server behind it, without a password; a word of its own for what is no address, which cannot be sent to and fails for itself. */
    static String origin(String url) {
        try {
            URI uri = new URI(url);
            String authority = String.valueOf(uri.getRawAuthority());
            String host = authority.substring(authority.lastIndexOf('@') + 1);
            return (uri.getScheme() + "://" + host).toLowerCase(Locale.ROOT);
        } catch (URISyntaxException misspelt) {
            return "misspelt " + url.hashCode();
        }
    }

    /** Where a message is sent if its address fails: what it says in the query of a GET it says there too. */
    static String fallback(Message message, Callbacks to) {
        if (!message.fallbackUrl().isEmpty() || to.fallbackUrl().isEmpty()) return message.fallbackUrl();
        if (!message.method().equals("GET")) return to.fallbackUrl();
        String said = query(message.url());
        String before = query(to.url());
        // What the callback's own address had in its query is of that address.
        if (!before.isEmpty() && said.startsWith(before))
            said = said.substring(before.length()).replaceFirst("^&", "");
        if (said.isEmpty()) return to.fallbackUrl();
        return to.fallbackUrl() + (to.fallbackUrl().indexOf('?') < 0 ? "?" : "&") + said;
    }

    private static String query(String url) {
        String address = url.replaceFirst("#.*", "");
        int mark = address.indexOf('?');
        return mark < 0 ? "" : address.substring(mark + 1);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "WebAddress[" + origin(plain.toString()) + "]";
    }
}
