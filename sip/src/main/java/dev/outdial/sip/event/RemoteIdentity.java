package dev.outdial.sip.event;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.Parameters;
import dev.outdial.sip.message.Text;
import java.util.Optional;

/**
 * Who is at the far end in the word of the network between (P-Asserted-Identity, RFC 3325).
 *
 * @param uri the URI
 * @param displayName the name beside it, control characters shown as {@code ?}
 * @param verstat what the network found when it verified that (ATIS-1000074), such as {@code TN-Validation-Passed}
 */
public record RemoteIdentity(Optional<String> uri, Optional<String> displayName, Optional<String> verstat) {
    /** Reads the first P-Asserted-Identity; verstat also from From. */
    public static RemoteIdentity of(Headers headers) {
        Optional<String> asserted = headers.first("P-Asserted-Identity");
        Optional<String> uri = asserted.flatMap(NameAddress::parse).map(NameAddress::uri);
        return new RemoteIdentity(
                uri.map(Text::shown),
                asserted.flatMap(RemoteIdentity::name),
                asserted.flatMap(RemoteIdentity::verstat)
                        .or(() -> headers.first("From").flatMap(RemoteIdentity::verstat)));
    }

    private static Optional<String> name(String value) {
        int open = value.indexOf('<');
        if (open <= 0) return Optional.empty();
        String name = value.substring(0, open).strip().replace("\"", "");
        return name.isBlank() ? Optional.empty() : Optional.of(Text.shown(name));
    }

    private static Optional<String> verstat(String value) {
        Optional<NameAddress> address = NameAddress.parse(value);
        return address.map(a -> a.parameters().getOrDefault("verstat", ""))
                .filter(found -> !found.isEmpty())
                .or(() -> address.map(a -> Parameters.parse(a.uri(), ';').getOrDefault("verstat", "")))
                .filter(found -> !found.isEmpty())
                .map(found -> found.replaceAll("@.*", ""))
                .map(Text::shown);
    }
}
