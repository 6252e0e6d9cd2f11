package dev.outdial.sip.event;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who the far end is, in the words of the trunk (P-Asserted-Identity, RFC 3325), and what the trunk found when it checked the signature on
 * the number ({@code verstat}, 3GPP TS 24.229, ATIS-1000074). To be believed as far as the trunk is.
 *
 * @param uri the URI that the trunk asserts, {@code sip:}, {@code sips:} or {@code tel:}
 * @param displayName the name beside it, control characters shown as {@code ?}
 * @param verstat such as {@code TN-Validation-Passed}; from P-Asserted-Identity, or else from From
 */
public record RemoteIdentity(Optional<String> uri, Optional<String> displayName, Optional<String> verstat) {
    /** Nothing is known. */
    public static final RemoteIdentity UNKNOWN =
            new RemoteIdentity(Optional.empty(), Optional.empty(), Optional.empty());

    private static final String VERSTAT = ";verstat=";
    private static final int LONGEST_URI = 512;
    private static final int LONGEST_VERSTAT = 64;

    /** Makes the name fit to be shown, and refuses control characters elsewhere. */
    public RemoteIdentity {
        uri.ifPresent(text -> Text.withoutControls("the asserted URI", text));
        displayName = displayName.map(Text::shown);
        verstat.ifPresent(text -> Text.withoutControls("verstat", text));
    }

    /** Reads it from a request or response of the far end; what makes no sense is left out. */
    public static RemoteIdentity of(Headers headers) {
        List<String> asserted = headers.all("P-Asserted-Identity");
        if (asserted.isEmpty()) {
            return headers.first("From")
                    .flatMap(RemoteIdentity::verstat)
                    .map(verstat -> new RemoteIdentity(Optional.empty(), Optional.empty(), Optional.of(verstat)))
                    .orElse(UNKNOWN);
        }
        Optional<String> best =
                asserted.stream().filter(value -> uri(value).isPresent()).findFirst();
        Optional<String> verstat = asserted.stream()
                .flatMap(value -> verstat(value).stream())
                .findFirst()
                .or(() -> headers.first("From").flatMap(RemoteIdentity::verstat));
        return new RemoteIdentity(
                best.flatMap(RemoteIdentity::uri), best.flatMap(RemoteIdentity::displayName), verstat);
    }

    private static Optional<String> uri(String value) {
        return NameAddress.parse(value).map(NameAddress::uri).filter(RemoteIdentity::isUsable);
    }

    private static boolean isUsable(String uri) {
        String lower = uri.toLowerCase(Locale.ROOT);
        return (lower.startsWith("sip:") || lower.startsWith("sips:") || lower.startsWith("tel:"))
                && uri.length() <= LONGEST_URI
                && uri.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static Optional<String> displayName(String value) {
        int open = value.lastIndexOf('<');
        if (open <= 0) return Optional.empty();
        String name = value.substring(0, open).strip();
        boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
        String plain = quoted ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1") : name;
        return Optional.of(plain).filter(text -> !text.isBlank());
    }

    // A parameter of the number, of the URI, or of the header: tel:+1...;verstat=X, sip:+1...;verstat=X@host,
    // <...>;verstat=X.
    private static Optional<String> verstat(String value) {
        int at = value.toLowerCase(Locale.ROOT).indexOf(VERSTAT);
        if (at < 0) return Optional.empty();
        int from = at + VERSTAT.length();
        int end = from;
        while (end < value.length() && isTokenPart(value.charAt(end))) end++;
        return end == from || end - from > LONGEST_VERSTAT ? Optional.empty() : Optional.of(value.substring(from, end));
    }

    private static boolean isTokenPart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
