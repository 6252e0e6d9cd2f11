package dev.outdial.sip.options;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import java.util.List;
import java.util.Optional;

/**
 * Decides how an OPTIONS request is made and what its answer means. Pure.
 *
 * @param callId the Call-ID of all its requests
 * @param target who is asked
 * @param asker who asks; where empty, our contact stands in From
 * @param credentials what answers a challenge
 * @param routes the values of Route, such as that of an outbound proxy; mostly none
 * @param product the User-Agent header
 * @param tokens the random words
 */
public record OptionsProbe(
        String callId,
        SipUri target,
        Optional<SipUri> asker,
        Optional<Credentials> credentials,
        List<String> routes,
        String product,
        Tokens tokens) {

    /** One request. */
    public record Attempt(OutboundRequest request, SipUri contact, int cseq, Tries tries, DigestAuth auth) {}

    /** What a final response means. */
    public sealed interface Verdict {
        /** Send this. */
        record Again(Attempt attempt) implements Verdict {}

        /** Ask the next hop; where there is none, this status is the answer. */
        record Elsewhere(int status) implements Verdict {}

        /** That is the answer. */
        record Answered(int status) implements Verdict {}
    }

    /**
     * The first request to a hop.
     *
     * @param cseq greater than that of any before
     */
    public Attempt ask(Hop hop, SipUri contact, int cseq) {
        var auth = DigestAuth.of(credentials);
        return new Attempt(request(hop, contact, cseq, List.of()), contact, cseq, Tries.NONE, auth);
    }

    /** What a final response to an attempt means. */
    public Verdict judge(Attempt attempt, SipResponse response) {
        int status = response.status();
        if (status == 503) return new Verdict.Elsewhere(status);
        if (status != 401 && status != 407) return new Verdict.Answered(status);
        var signed = new DigestAuth.Signed("OPTIONS", target.toString(), Optional.empty());
        var outcome = attempt.auth().answer(response.headers(), attempt.tries(), signed, tokens.cnonce(attempt.cseq()));
        return switch (outcome) {
            case DigestAuth.Outcome.Answer a -> {
                int cseq = attempt.cseq() + 1;
                OutboundRequest again = request(attempt.request().hop(), attempt.contact(), cseq, a.headers());
                yield new Verdict.Again(new Attempt(again, attempt.contact(), cseq, a.tries(), a.auth()));
            }
            case DigestAuth.Outcome.GiveUp g -> new Verdict.Answered(status);
        };
    }

    private OutboundRequest request(Hop hop, SipUri contact, int cseq, List<Header> authorization) {
        Headers headers = Headers.of(
                        "Max-Forwards",
                        "70",
                        "From",
                        '<' + asker.orElse(contact).withoutParameters().toString() + ">;tag=" + tokens.localTag(),
                        "To",
                        '<' + target.withoutParameters().toString() + '>',
                        "Call-ID",
                        callId,
                        "CSeq",
                        cseq + " OPTIONS",
                        "User-Agent",
                        product,
                        "Contact",
                        '<' + contact.toString() + '>',
                        "Accept",
                        InDialogRequests.ACCEPT)
                .plus(routes.stream().map(route -> new Header("Route", route)).toList())
                .plus(authorization);
        var request = new SipRequest("OPTIONS", target.toString(), headers, Optional.empty());
        return new OutboundRequest(request, hop, tokens.branch(cseq));
    }
}
