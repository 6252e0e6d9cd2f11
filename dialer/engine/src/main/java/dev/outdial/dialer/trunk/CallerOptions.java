package dev.outdial.dialer.trunk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a call says of its caller besides number and name. What a trunk makes of it is the trunk's business.
 *
 * @param anonymous whether nobody is named: From is anonymous, and the trunk is asked to withhold the rest (RFC 3323, {@code Privacy: id})
 * @param asserted a SIP URI of the caller, for a trunk that trusts us (P-Asserted-Identity, RFC 3325)
 * @param preferred a SIP URI that the trunk is asked to show (P-Preferred-Identity)
 * @param divertedBy SIP URIs of those by whom the call was diverted before, the last one first (RFC 5806)
 * @param identity a signed Identity header that is passed through (RFC 8224)
 * @param phoneNumbers whether {@code user=phone} says of what looks like a number, the callee's and ours, that it is one (RFC 3261
 *     section 19.1.1)
 * @param headers more headers of the INVITE, by name, such as {@code X-Campaign}
 */
public record CallerOptions(
        boolean anonymous,
        Optional<String> asserted,
        Optional<String> preferred,
        List<String> divertedBy,
        Optional<String> identity,
        boolean phoneNumbers,
        Map<String, String> headers) {
    /** Nothing besides. */
    public static final CallerOptions NONE =
            new CallerOptions(false, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), false, Map.of());

    public CallerOptions {
        divertedBy = List.copyOf(divertedBy);
        headers = Map.copyOf(headers);
    }

    /** The same, naming nobody. */
    public CallerOptions anonymously() {
        return new CallerOptions(true, asserted, preferred, divertedBy, identity, phoneNumbers, headers);
    }

    /** The same, asserting who calls. */
    public CallerOptions asserting(String sipUri) {
        return new CallerOptions(
                anonymous, Optional.of(sipUri), preferred, divertedBy, identity, phoneNumbers, headers);
    }

    /** The same, preferring what is shown. */
    public CallerOptions preferring(String sipUri) {
        return new CallerOptions(anonymous, asserted, Optional.of(sipUri), divertedBy, identity, phoneNumbers, headers);
    }

    /** The same, diverted by somebody before those who are known already. */
    public CallerOptions divertedBy(String sipUri) {
        var all = new ArrayList<>(divertedBy);
        all.add(sipUri);
        return new CallerOptions(anonymous, asserted, preferred, all, identity, phoneNumbers, headers);
    }

    /** The same with a signed identity. */
    public CallerOptions withIdentity(String value) {
        return new CallerOptions(anonymous, asserted, preferred, divertedBy, Optional.of(value), phoneNumbers, headers);
    }

    /** The same, with {@code user=phone} beside what looks like a number. */
    public CallerOptions sayingNumbersArePhones() {
        return new CallerOptions(anonymous, asserted, preferred, divertedBy, identity, true, headers);
    }

    /** The same with one more header. */
    public CallerOptions withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new CallerOptions(anonymous, asserted, preferred, divertedBy, identity, phoneNumbers, all);
    }
}
