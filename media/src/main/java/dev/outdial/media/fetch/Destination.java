package dev.outdial.media.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where a request goes: an address that was judged, as far as that can be without asking a name server. It is read by the same parser
 * that the connection is made by, so that the two cannot disagree.
 *
 * @param literal the address that its host is, where that is no name
 */
record Destination(HttpUrl url, Optional<InetAddress> literal) {
    private static final int MAX_LENGTH = 4096;

    /** Written with one parser in mind: strictly what RFC 3986 allows, where others are lenient. */
    private static final Pattern ADDRESS = Pattern.compile("(https?)://([^/?#]+).*", Pattern.CASE_INSENSITIVE);

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,15}):.*");

    /** The last label of what some resolver somewhere takes for an IPv4 address: octal, hexadecimal, or with parts left out. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX][0-9A-Fa-f]*)\\.?");

    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})\\.(0|[1-9][0-9]{0,2})");

    static Destination of(String address, FetchPolicy policy) throws FetchException {
        if (address.length() > MAX_LENGTH)
            throw new FetchException("an address of more than " + MAX_LENGTH + " characters is not fetched from");
        Matcher parts = ADDRESS.matcher(address);
        if (!isPlain(address) || !parts.matches()) throw new FetchException(misspelt(address));
        String authority = parts.group(2);
        if (authority.indexOf('@') >= 0)
            throw new FetchException(
                    "a user name or password in an address is not sent: an address without is expected");
        HttpUrl url = HttpUrl.parse(address);
        // A percent sign is a zone of IPv6, which names a network of this machine, or a host spelt to deceive.
        if (url == null || authority.indexOf('%') >= 0)
            throw new FetchException("the host of an http or https address is misspelt");
        return judged(url, policy);
    }

    /** Where a response sends us on to. */
    Destination redirected(String location, FetchPolicy policy) throws FetchException {
        HttpUrl next = url.resolve(location);
        if (next == null) throw FetchException.from(host(), "it redirects to what is no http or https address");
        if (url.isHttps() && !next.isHttps())
            throw FetchException.from(host(), "it redirects from https to http, which is not followed");
        try {
            return of(next.newBuilder().fragment(null).build().toString(), policy);
        } catch (FetchException refused) {
            throw FetchException.from(host(), "it redirects; " + refused.getMessage(), refused);
        }
    }

    boolean isSameOrigin(Destination other) {
        return url.scheme().equals(other.url.scheme()) && host().equals(other.host()) && url.port() == other.url.port();
    }

    String host() {
        return url.host();
    }

    private static Destination judged(HttpUrl url, FetchPolicy policy) throws FetchException {
        String host = url.host();
        if (!policy.ports().isEmpty() && !policy.ports().contains(url.port()))
            throw FetchException.forbidden(host, "port " + url.port() + " may not be connected to");
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            Optional<String> objection = policy.addresses().objection(literal.get());
            if (objection.isPresent()) throw FetchException.forbidden(host, "it is " + objection.get());
        }
        return new Destination(url, literal);
    }

    /** The address that a host is, where it is none that has to be looked up. */
    private static Optional<InetAddress> literal(String host) throws FetchException {
        boolean isIpv6 = host.indexOf(':') >= 0;
        if (!isIpv6 && !ENDS_IN_A_NUMBER.matcher(host).matches()) return Optional.empty();
        if (!isIpv6 && !isDottedQuad(host))
            throw FetchException.from(host, "an IPv4 address is spelt as four decimal numbers");
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException misspelt) {
            throw FetchException.from(host, "the address is misspelt", misspelt);
        }
    }

    private static boolean isDottedQuad(String host) {
        Matcher parts = DOTTED_QUAD.matcher(host);
        if (!parts.matches()) return false;
        for (int i = 1; i <= parts.groupCount(); i++) if (Integer.parseInt(parts.group(i)) > 255) return false;
        return true;
    }

    /** No blanks, control characters, or backslashes, which some take for slashes. */
    private static boolean isPlain(String address) {
        return address.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '\\');
    }

    private static String misspelt(String address) {
        Matcher scheme = SCHEME.matcher(address);
        if (!scheme.lookingAt()) return "what is no http or https address is not fetched";
        String name = scheme.group(1).toLowerCase(Locale.ROOT);
        return name.startsWith("http")
                ? "the host of an http or https address is misspelt"
                : "'" + name + "' addresses are not fetched: http or https is expected";
    }
}
