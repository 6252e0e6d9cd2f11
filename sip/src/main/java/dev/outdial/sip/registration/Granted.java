package dev.outdial.sip.registration;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a 200 to a REGISTER says.
 *
 * @param seconds how long our binding holds; 0 where there is none
 * @param serviceRoutes values for Route (RFC 3608)
 * @param earlier contacts that are ours from an earlier time, as the registrar writes them
 */
record Granted(long seconds, List<String> serviceRoutes, List<String> earlier) {
    private static final int MOST_ROUTES = 10;
    /** More at once would be a list that somebody has made up. */
    private static final int MOST_EARLIER = 5;

    /** A contact that the registrar lists. */
    private record Listed(String text, SipUri uri, Optional<Long> seconds) {
        static Optional<Listed> parse(String value) {
            return NameAddress.parse(value)
                    .flatMap(address -> parsed(address.uri())
                            .map(uri -> new Listed(
                                    address.uri(),
                                    uri,
                                    Headers.leadingNumber(address.parameters().getOrDefault("expires", "")))));
        }
    }

    /**
     * Reads it.
     *
     * @param wish what was asked for
     * @param isEarlier whether a contact other than ours is one of an earlier time
     */
    static Granted in(Headers headers, Register.Wish wish, Predicate<SipUri> isEarlier) {
        List<String> values = headers.all("Contact");
        List<Listed> listed =
                values.stream().flatMap(value -> Listed.parse(value).stream()).toList();
        SipUri ours = wish.way().contact();
        Optional<Listed> current = listed.stream()
                .filter(contact -> ContactUser.isSame(contact.uri(), ours))
                .findFirst();
        // RFC 3261 10.2.4: the time is beside our Contact, or in Expires, or as asked for.
        Optional<Listed> timed = current.isPresent() || values.size() != 1
                ? current
                : listed.stream().findFirst();
        long seconds = timed.flatMap(Listed::seconds)
                .or(() -> headers.seconds("Expires"))
                .orElse(wish.expiresSeconds());
        // A registrar that writes our contact as it sees us lists it under another address: then nothing is certain.
        List<String> earlier = current.isEmpty()
                ? List.of()
                : listed.stream()
                        .filter(contact -> !ContactUser.isSame(contact.uri(), ours) && isEarlier.test(contact.uri()))
                        .map(Listed::text)
                        .distinct()
                        .limit(MOST_EARLIER)
                        .toList();
        return new Granted(Math.min(seconds, 0xffff_ffffL), routes(headers), earlier);
    }

    private static List<String> routes(Headers headers) {
        return headers.all("Service-Route").stream()
                .filter(value -> NameAddress.parse(value)
                        .flatMap(address -> parsed(address.uri()))
                        .isPresent())
                .limit(MOST_ROUTES)
                .toList();
    }

    private static Optional<SipUri> parsed(String text) {
        try {
            return Optional.of(SipUri.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
