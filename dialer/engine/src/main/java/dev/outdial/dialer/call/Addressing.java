package dev.outdial.dialer.call;

import dev.outdial.dialer.trunk.DialFormat;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns what people type into SIP URIs: whom to call, and who calls. Pure. */
public final class Addressing {
    private static final String ANONYMOUS_CALLER = "outdial";
    private static final Pattern SEPARATORS = Pattern.compile("[ ().-]");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]{1,40}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._~+-]{1,64}");

    private Addressing() {}

    /**
     * The Request-URI for a target.
     *
     * @throws IllegalArgumentException saying what was expected and what was found
     */
    public static SipUri target(Optional<Trunk> trunk, String target) {
        String typed = target.strip();
        if (typed.regionMatches(true, 0, "sip:", 0, 4) || typed.regionMatches(true, 0, "sips:", 0, 5)) {
            SipUri uri = SipUri.parse(typed);
            if (uri.user().isEmpty()) {
                throw new IllegalArgumentException("'" + typed + "' names nobody: sip:user@host is expected");
            }
            boolean inTheClear = trunk.map(t -> nextHop(t).transport() != TransportProtocol.TLS)
                    .orElse(false);
            if (uri.secure() && inTheClear) {
                throw new IllegalArgumentException("'" + typed
                        + "' asks for TLS, which the trunk does not use: a trunk with transport=tls is expected");
            }
            return uri;
        }
        Trunk over = trunk.orElseThrow(() -> new IllegalArgumentException(
                "'" + typed + "' can be dialled over a trunk only; without one a SIP URI is expected"));
        String user = user(typed);
        DialFormat format = over.format();
        return SipUri.parse(over.uri())
                .withUser(NUMBER.matcher(user).matches() ? format.prefix() + user + format.postfix() : user);
    }

    /** The URI that stands in From: the caller's number at the trunk, or at this machine. */
    static SipUri caller(Optional<Trunk> trunk, Optional<String> callerId, String localHost) {
        Optional<String> chosen = callerId.or(() -> trunk.flatMap(Trunk::callerId));
        return trunk.map(t -> {
                    SipUri own =
                            t.format().fromDomain().map(addressOfRecord(t)::at).orElseGet(() -> addressOfRecord(t));
                    return chosen.map(number -> own.withUser(user(number.strip())))
                            .orElse(own);
                })
                .orElseGet(() -> SipUri.of(user(chosen.orElse(ANONYMOUS_CALLER).strip()), localHost));
    }

    /** Where requests over a trunk go: to its outbound proxy or to itself. */
    public static SipUri nextHop(Trunk trunk) {
        return SipUri.parse(trunk.outboundProxy().orElse(trunk.uri()));
    }

    /** Whom a trunk knows us as. */
    public static SipUri addressOfRecord(Trunk trunk) {
        SipUri uri = SipUri.parse(trunk.uri()).withoutParameters();
        return uri.user().isPresent() ? uri : uri.withUser(trunk.user().orElse(ANONYMOUS_CALLER));
    }

    private static String user(String typed) {
        String number = SEPARATORS.matcher(typed).replaceAll("");
        if (NUMBER.matcher(number).matches()) {
            return number;
        }
        if (USER.matcher(typed).matches()) {
            return typed;
        }
        throw new IllegalArgumentException(
                "'" + typed + "' is neither a number (+15551234567, 1000) nor a user name nor a SIP URI");
    }
}
