package dev.outdial.sip;

import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who calls.
 *
 * @param addressOfRecord the URI that stands in From
 * @param credentials how to prove it, where the trunk asks
 * @param displayName the name shown beside the number, at most 128 characters
 * @param outboundProxy whom all requests that belong to no dialog yet are handed to, whoever they are for: it stands as the first Route in
 *     them (RFC 3261 section 8.1.2), and their hops lead to it. A URI without a user
 */
public record Account(
        SipUri addressOfRecord,
        Optional<Credentials> credentials,
        Optional<String> displayName,
        Optional<SipUri> outboundProxy) {
    /** Refuses control characters and overlong names, and a proxy with a user. */
    public Account {
        displayName.ifPresent(name -> {
            Text.withoutControls("the display name", name);
            if (name.length() > 128)
                throw new IllegalArgumentException("the display name is longer than 128 characters");
        });
        if (outboundProxy.flatMap(SipUri::user).isPresent())
            throw new IllegalArgumentException("the outbound proxy has a user: sip:host[:port] is expected");
    }

    /** One whose requests go straight to whom they are for. */
    public Account(SipUri addressOfRecord, Optional<Credentials> credentials, Optional<String> displayName) {
        this(addressOfRecord, credentials, displayName, Optional.empty());
    }

    /** The values of Route that a request of this account begins with. */
    List<String> routes() {
        return outboundProxy.map(Account::loose).stream().toList();
    }

    /** The same, and what stands behind it, in which a registrar may name the proxy again (RFC 3608 section 6.1). */
    List<String> routes(List<String> further) {
        boolean isNamed = further.stream()
                .limit(1)
                .flatMap(route -> NameAddress.parse(route).stream())
                .flatMap(address -> IncomingInvite.read(address.uri()).stream())
                .anyMatch(first ->
                        outboundProxy.filter(proxy -> isSame(proxy, first)).isPresent());
        if (isNamed || outboundProxy.isEmpty()) return further;
        return Stream.concat(routes().stream(), further.stream()).toList();
    }

    private static boolean isSame(SipUri one, SipUri other) {
        return one.host().equalsIgnoreCase(other.host()) && one.portOrDefault() == other.portOrDefault();
    }

    // Without lr it would be taken for a strict router, and the Request-URI would have to be rewritten (section
    // 12.2.1.1).
    private static String loose(SipUri proxy) {
        var parameters = new LinkedHashMap<>(proxy.parameters());
        parameters.put("lr", "");
        return "<" + new SipUri(proxy.secure(), Optional.empty(), proxy.host(), proxy.port(), parameters) + ">";
    }
}
