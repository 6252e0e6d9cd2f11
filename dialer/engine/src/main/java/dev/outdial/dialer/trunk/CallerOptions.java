package dev.outdial.dialer.trunk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a call says of its caller besides number and name. What a trunk makes of it is the trunk's business.
 *
 * @param anonymous whether nobody is named: From is anonymous, and the trunk is asked to withhold the rest (RFC 3323, {@code Privacy: id})
 * @param asserted a SIP URI of the caller, for a trunk that trusts us (P-Asserted-Identity, RFC 3325)
 * @param preferred a SIP URI that the trunk is asked to show (P-Preferred-Identity)
 * @param privacy what the trunk is asked to withhold (RFC 3323, RFC 3325): of {@code header}, {@code session}, {@code user}, {@code id},
 *     {@code critical}, {@code none} and {@code history}
 * @param divertedBy by whom the call was diverted before, the last one first (RFC 5806)
 * @param identity a signed Identity header that is passed through (RFC 8224)
 * @param phoneNumbers whether {@code user=phone} says of what looks like a number, the callee's and ours, that it is one (RFC 3261
 *     section 19.1.1)
 * @param headers more headers of the INVITE, by name, such as {@code X-Campaign}
 */
public record CallerOptions(
        boolean anonymous,
        Optional<String> asserted,
        Optional<String> preferred,
        Set<String> privacy,
        List<Diversion> divertedBy,
        Optional<String> identity,
        boolean phoneNumbers,
        Map<String, String> headers) {
    /** Nothing besides. */
    public static final CallerOptions NONE = new CallerOptions(
            false, Optional.empty(), Optional.empty(), Set.of(), List.of(), Optional.empty(), false, Map.of());

    /**
     * One by whom a call was diverted.
     *
     * @param sipUri of whom
     * @param reason why, as {@code unconditional}, {@code user-busy}, {@code no-answer} or another token
     */
    public record Diversion(String sipUri, String reason) {}

    public CallerOptions {
        privacy = Set.copyOf(privacy);
        divertedBy = List.copyOf(divertedBy);
        headers = Map.copyOf(headers);
    }

    /** The same, naming nobody. */
    public CallerOptions anonymously() {
        return new CallerOptions(true, asserted, preferred, privacy, divertedBy, identity, phoneNumbers, headers);
    }

    /** The same, asserting who calls. */
    public CallerOptions asserting(String sipUri) {
        return new CallerOptions(
                anonymous, Optional.of(sipUri), preferred, privacy, divertedBy, identity, phoneNumbers, headers);
    }

    /** The same, preferring what is shown. */
    public CallerOptions preferring(String sipUri) {
        return new CallerOptions(
                anonymous, asserted, Optional.of(sipUri), privacy, divertedBy, identity, phoneNumbers, headers);
    }

    /** The same, with this withheld too: a value of Privacy, such as {@code user} or {@code header}. */
    public CallerOptions withholding(String value) {
        var all = new LinkedHashSet<>(privacy);
        all.add(value);
        return new CallerOptions(anonymous, asserted, preferred, all, divertedBy, identity, phoneNumbers, headers);
    }

    /** The same, diverted by somebody in any case, before those who are known already. */
    public CallerOptions divertedBy(String sipUri) {
        return divertedBy(sipUri, "unconditional");
    }

    /** The same, diverted by somebody for that reason, before those who are known already. */
    public CallerOptions divertedBy(String sipUri, String reason) {
        var all = new ArrayList<>(divertedBy);
        all.add(new Diversion(sipUri, reason));
        return new CallerOptions(anonymous, asserted, preferred, privacy, all, identity, phoneNumbers, headers);
    }

    /** The same with a signed identity. */
    public CallerOptions withIdentity(String value) {
        return new CallerOptions(
                anonymous, asserted, preferred, privacy, divertedBy, Optional.of(value), phoneNumbers, headers);
    }

    /** The same, with {@code user=phone} beside what looks like a number. */
    public CallerOptions sayingNumbersArePhones() {
        return new CallerOptions(anonymous, asserted, preferred, privacy, divertedBy, identity, true, headers);
    }

    /** The same with one more header. */
    public CallerOptions withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new CallerOptions(anonymous, asserted, preferred, privacy, divertedBy, identity, phoneNumbers, all);
    }
}
