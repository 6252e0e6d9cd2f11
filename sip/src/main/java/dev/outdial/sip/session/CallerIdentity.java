package dev.outdial.sip.session;

import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a caller is shown to the trunk and to whoever is called. What a trunk makes of it is the trunk's business: most refuse, or
 * replace, a number that is not the customer's.
 *
 * @param anonymous whether From names nobody (RFC 3323) and {@code Privacy: id} asks the trunk to withhold the rest (RFC 3325)
 * @param asserted who calls, for a trunk that trusts us (P-Asserted-Identity, RFC 3325)
 * @param preferred which of its identities the trunk is asked to show (P-Preferred-Identity)
 * @param privacy what is to be withheld (RFC 3323, RFC 3325): of header, session, user, id, critical, none, history
 * @param diversions by whom the call was diverted before, the last one first (RFC 5806); at most 10
 * @param phoneNumbers whether {@code user=phone} stands beside what looks like a number, in the Request-URI, From and To
 * @param identity the value of an Identity header (RFC 8224), passed through
 */
public record CallerIdentity(
        boolean anonymous,
        Optional<Party> asserted,
        Optional<Party> preferred,
        Set<String> privacy,
        List<Diversion> diversions,
        boolean phoneNumbers,
        Optional<String> identity) {
    /** Shown as the account says, and nothing else. */
    public static final CallerIdentity PLAIN =
            new CallerIdentity(false, Optional.empty(), Optional.empty(), Set.of(), List.of(), false, Optional.empty());

    private static final Set<String> PRIVACY = Set.of("header", "session", "user", "id", "critical", "none", "history");
    private static final SipUri NOBODY = SipUri.of("anonymous", "anonymous.invalid");
    private static final int MOST_DIVERSIONS = 10;
    private static final int LONGEST_IDENTITY = 4096;

    /** Checks the parts. */
    public CallerIdentity {
        for (String value : privacy) {
            if (!PRIVACY.contains(value))
                throw new IllegalArgumentException("privacy '" + Text.shown(value)
                        + "' is none of header, session, user, id, critical, none, history");
        }
        if (privacy.contains("none") && (anonymous || privacy.size() > 1))
            throw new IllegalArgumentException("privacy 'none' stands alone (RFC 3323 section 4.2)");
        privacy = Set.copyOf(privacy);
        diversions = List.copyOf(diversions);
        if (diversions.size() > MOST_DIVERSIONS)
            throw new IllegalArgumentException(diversions.size() + " diversions; at most " + MOST_DIVERSIONS);
        identity.ifPresent(value -> {
            Text.withoutControls("the Identity header", value);
            if (value.isBlank() || value.length() > LONGEST_IDENTITY)
                throw new IllegalArgumentException("the Identity header is blank or longer than " + LONGEST_IDENTITY);
        });
    }

    /**
     * Somebody, by URI and name.
     *
     * @param uri usually that of a number
     * @param displayName the name shown beside it, at most 128 characters
     */
    public record Party(SipUri uri, Optional<String> displayName) {
        /** Refuses control characters and overlong names. */
        public Party {
            displayName.ifPresent(name -> {
                Text.withoutControls("the display name", name);
                if (name.length() > 128)
                    throw new IllegalArgumentException("the display name is longer than 128 characters");
            });
        }

        /** Without a name. */
        public static Party of(SipUri uri) {
            return new Party(uri, Optional.empty());
        }

        private String formatted() {
            return NameAddress.format(displayName, uri.toString());
        }
    }

    /**
     * Somebody who diverted the call to another.
     *
     * @param by who
     * @param reason why, a token such as {@code no-answer}, {@code user-busy} or {@code unconditional}
     */
    public record Diversion(Party by, String reason) {
        /** Checks the reason. */
        public Diversion {
            if (!Header.isToken(reason))
                throw new IllegalArgumentException("diversion reason '" + Text.shown(reason) + "' is not a token");
        }
    }

    /** The same, with From naming nobody. */
    public CallerIdentity withheld() {
        return new CallerIdentity(true, asserted, preferred, privacy, diversions, phoneNumbers, identity);
    }

    /** The same, for a trunk that trusts us. */
    public CallerIdentity asserting(Party party) {
        return new CallerIdentity(
                anonymous, Optional.of(party), preferred, privacy, diversions, phoneNumbers, identity);
    }

    /** The value of From, without its tag. */
    String from(SipUri account, Optional<String> displayName) {
        return anonymous
                ? NameAddress.format(Optional.of("Anonymous"), NOBODY.toString())
                : NameAddress.format(
                        displayName, numbered(account.withoutParameters()).toString());
    }

    /** The URI, said to be a number where it is one and that is wanted. */
    SipUri numbered(SipUri uri) {
        if (!phoneNumbers || uri.user().filter(CallerIdentity::isNumber).isEmpty()) return uri;
        var parameters = new LinkedHashMap<>(uri.parameters());
        parameters.put("user", "phone");
        return new SipUri(uri.secure(), uri.user(), uri.host(), uri.port(), parameters);
    }

    /** What stands in the INVITE beside From. */
    List<Header> headers() {
        var headers = new ArrayList<Header>();
        asserted.ifPresent(party -> headers.add(new Header("P-Asserted-Identity", party.formatted())));
        preferred.ifPresent(party -> headers.add(new Header("P-Preferred-Identity", party.formatted())));
        var withheld = new ArrayList<>(privacy.stream().sorted().toList());
        if (anonymous && !withheld.contains("id")) withheld.add("id");
        if (!withheld.isEmpty()) headers.add(new Header("Privacy", String.join(";", withheld)));
        for (Diversion diversion : diversions)
            headers.add(new Header("Diversion", diversion.by.formatted() + ";reason=" + diversion.reason));
        identity.ifPresent(value -> headers.add(new Header("Identity", value)));
        return headers;
    }

    private static boolean isNumber(String user) {
        String digits = user.startsWith("+") ? user.substring(1) : user;
        return digits.length() >= 2 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
