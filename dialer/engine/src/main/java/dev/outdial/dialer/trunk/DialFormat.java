package dev.outdial.dialer.trunk;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.SipUri;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a trunk wants its calls to look. Rules of the ledger go by the number itself, without what is put around it here.
 *
 * @param prefix put before each number that is dialled, as a carrier's tech prefix: at most 20 letters, digits, {@code *}, {@code #} or
 *     {@code +}; user names and SIP URIs stay as they are
 * @param postfix put after it
 * @param fromDomain the host of From in place of the trunk's own
 * @param phoneNumbers whether {@code user=phone} says of what looks like a number that it is one (RFC 3261 section 19.1.1)
 * @param headers more headers of each INVITE, by name, {@code X-...} alone; one that a call brings itself stands instead
 */
public record DialFormat(
        String prefix, String postfix, Optional<String> fromDomain, boolean phoneNumbers, Map<String, String> headers) {
    private static final Pattern AROUND = Pattern.compile("[A-Za-z0-9*#+]{0,20}");
    private static final Pattern OWN_HEADER = Pattern.compile("(?i)x-[A-Za-z0-9-]{1,60}");

    /** Nothing besides the number. */
    public static final DialFormat PLAIN = new DialFormat("", "", Optional.empty(), false, Map.of());

    /** Refuses what cannot stand in a message; the sentence says what was expected. */
    public DialFormat {
        if (!AROUND.matcher(prefix).matches() || !AROUND.matcher(postfix).matches()) {
            throw new IllegalArgumentException("'" + prefix + "' and '" + postfix
                    + "' around a number: at most 20 letters, digits, *, # or + each are expected");
        }
        fromDomain.ifPresent(domain -> {
            var unused = SipUri.of("somebody", domain);
        });
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            if (!OWN_HEADER.matcher(name).matches()) {
                throw new IllegalArgumentException("header " + name + " of a trunk: X-... is expected");
            }
            var unused = new Header(name, value);
        });
    }

    /** The same with that around each number. */
    public DialFormat around(String newPrefix, String newPostfix) {
        return new DialFormat(newPrefix, newPostfix, fromDomain, phoneNumbers, headers);
    }

    /** The same with that host in From. */
    public DialFormat fromDomain(String domain) {
        return new DialFormat(prefix, postfix, Optional.of(domain), phoneNumbers, headers);
    }

    /** The same, with {@code user=phone} beside what looks like a number. */
    public DialFormat sayingNumbersArePhones() {
        return new DialFormat(prefix, postfix, fromDomain, true, headers);
    }

    /** The same with one more header. */
    public DialFormat withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new DialFormat(prefix, postfix, fromDomain, phoneNumbers, all);
    }
}
