package dev.outdial.sip.registration;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The latest REGISTER.
 *
 * @param request the message and where it went
 * @param cseq its number
 * @param tries how often it was challenged
 * @param wish what it asks for
 * @param askedNanos when it was first sent, challenges apart
 */
record Register(OutboundRequest request, int cseq, Tries tries, Wish wish, long askedNanos) {
    /**
     * What a REGISTER asks for.
     *
     * @param way where it goes, and the contact to bind
     * @param expiresSeconds for how long; 0 removes it
     * @param bindsUs whether our contact is in it at all
     * @param removed other contacts to be removed, as the registrar writes them
     */
    record Wish(Registrar way, long expiresSeconds, boolean bindsUs, List<String> removed) {
        Wish {
            removed = List.copyOf(removed);
        }

        static Wish binding(Registrar way, long expiresSeconds) {
            return new Wish(way, expiresSeconds, true, List.of());
        }

        Wish reachedAt(Registrar now) {
            return new Wish(now, expiresSeconds, bindsUs, removed);
        }
    }

    boolean hasCredentials() {
        Headers headers = request.request().headers();
        return headers.first("Authorization").isPresent()
                || headers.first("Proxy-Authorization").isPresent();
    }

    static Register first(RegistrationSetup setup, Wish wish, long nowNanos) {
        return new Register(request(setup, 1, wish, List.of()), 1, Tries.NONE, wish, nowNanos);
    }

    Register next(RegistrationSetup setup, Wish nextWish, DigestAuth.Outcome.Answer answer, long nextAskedNanos) {
        return new Register(
                request(setup, cseq + 1, nextWish, answer.headers()),
                cseq + 1,
                answer.tries(),
                nextWish,
                nextAskedNanos);
    }

    static DigestAuth.Signed signed(RegistrationSetup setup) {
        return new DigestAuth.Signed("REGISTER", domain(setup), Optional.empty());
    }

    // RFC 3261 10.2: the Request-URI names the domain, without user.
    private static String domain(RegistrationSetup setup) {
        return setup.addressOfRecord().withoutUser().withoutParameters().toString();
    }

    private static OutboundRequest request(RegistrationSetup setup, int cseq, Wish wish, List<Header> credentials) {
        String aor = setup.addressOfRecord().withoutParameters().toString();
        Headers headers = Headers.of(
                        "Max-Forwards",
                        "70",
                        "From",
                        NameAddress.format(setup.displayName(), aor) + ";tag="
                                + setup.tokens().localTag(),
                        "To",
                        '<' + aor + '>',
                        "Call-ID",
                        setup.callId(),
                        "CSeq",
                        cseq + " REGISTER",
                        "User-Agent",
                        setup.product())
                .plus(contacts(wish))
                .plus(setup.routes().stream()
                        .map(route -> new Header("Route", route))
                        .toList())
                .plus(credentials);
        var request = new SipRequest("REGISTER", domain(setup), headers, Optional.empty());
        return new OutboundRequest(request, wish.way().hop(), setup.tokens().branch(cseq));
    }

    private static List<Header> contacts(Wish wish) {
        var contacts = new ArrayList<Header>();
        if (wish.bindsUs())
            contacts.add(new Header(
                    "Contact", '<' + wish.way().contact().toString() + ">;expires=" + wish.expiresSeconds()));
        for (String uri : wish.removed()) contacts.add(new Header("Contact", '<' + uri + ">;expires=0"));
        contacts.add(new Header("Expires", Long.toString(wish.bindsUs() ? wish.expiresSeconds() : 0)));
        return contacts;
    }
}
