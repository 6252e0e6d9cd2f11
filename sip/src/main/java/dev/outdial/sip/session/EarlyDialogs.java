package dev.outdial.sip.session;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Signed;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.event.RemoteIdentity;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.session.EarlyLeg.Prack;
import dev.outdial.sip.session.InviteAction.Send;
import dev.outdial.sip.session.InviteAction.Tell;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The dialogs that provisional responses set up, each with its reliable responses in order and their PRACKs (RFC 3262). */
final class EarlyDialogs {
    private static final int MOST_LEGS = 32;
    private static final String RELIABLE = "100rel";

    private EarlyDialogs() {}

    /**
     * Takes notice of a provisional response to the current INVITE, and acknowledges it where it is a reliable one. Empty where it must be
     * ignored: one that was heard before, or one before which another was lost (section 4).
     */
    static Optional<Step> heard(InviteState state, SipResponse response) {
        String tag = response.toTag();
        if (response.status() == 100 || tag.isEmpty()) return Optional.of(Step.to(state));
        @Nullable EarlyLeg known = state.earlyLegs().get(tag);
        if (known == null && state.earlyLegs().size() >= MOST_LEGS) return Optional.of(Step.to(state));
        Attempt attempt = state.attempt();
        EarlyLeg leg = known == null
                ? EarlyLeg.of(Dialog.ofAnswer(response, attempt.request()), attempt.cseq())
                : known.at(known.dialog().refreshedBy(response.headers()));
        OptionalLong rseq = rseq(response.headers());
        if (rseq.isEmpty()) return Optional.of(Step.to(state.with(tag, leg)));
        if (leg.rseq().isPresent() && rseq.getAsLong() != leg.rseq().getAsLong() + 1) return Optional.empty();
        EarlyLeg inOrder = leg.heardReliably(rseq.getAsLong(), describes(response.body()));
        return Optional.of(acknowledge(state, tag, inOrder, rseq.getAsLong() + " " + attempt.cseq() + " INVITE"));
    }

    static Tell told(SipResponse response) {
        return new Tell(new SessionEvent.Provisional(
                response.status(),
                response.reason(),
                response.body(),
                response.toTag(),
                RemoteIdentity.of(response.headers())));
    }

    private static Step acknowledge(InviteState state, String tag, EarlyLeg leg, String rack) {
        var signed = new Signed("PRACK", leg.dialog().requestUri(), Optional.empty());
        return prack(state, tag, leg, rack, Tries.NONE, state.auth().authorize(signed, state.nextCnonce()));
    }

    private static Step prack(
            InviteState state,
            String tag,
            EarlyLeg leg,
            String rack,
            Tries tries,
            DigestAuth.Outcome.Answer credentials) {
        OutboundRequest request = Requests.prack(
                state.setup(), leg.dialog(), leg.localCseq() + 1, state.nextBranch(), rack, credentials.headers());
        EarlyLeg next = leg.sent(new Prack(request, rack, tries));
        return Step.to(state.with(tag, next, credentials.auth()), new Send(request));
    }

    /** A response to a PRACK: where it is a challenge, it is answered. */
    static Step prackResponded(InviteState state, SipResponse response) {
        if (response.isProvisional()) return Step.to(state);
        for (Map.Entry<String, EarlyLeg> entry : state.earlyLegs().entrySet()) {
            Optional<Prack> prack = entry.getValue().prack(response.branch());
            if (prack.isPresent()) return settled(state, entry.getKey(), entry.getValue(), prack.get(), response);
        }
        return Step.to(state);
    }

    private static Step settled(InviteState state, String tag, EarlyLeg leg, Prack prack, SipResponse response) {
        EarlyLeg without = leg.settled(prack);
        if (response.status() == 401 || response.status() == 407) {
            var signed = new Signed("PRACK", leg.dialog().requestUri(), Optional.empty());
            var outcome = state.auth().answer(response.headers(), prack.tries(), signed, state.nextCnonce());
            if (outcome instanceof DigestAuth.Outcome.Answer answer)
                return prack(state, tag, without, prack.rack(), answer.tries(), answer);
        }
        return Step.to(state.with(tag, without));
    }

    private static OptionalLong rseq(Headers headers) {
        boolean reliable = headers.all("Require").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(RELIABLE));
        if (!reliable) return OptionalLong.empty();
        return headers.first("RSeq")
                .flatMap(Headers::leadingNumber)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static boolean describes(Optional<MessageBody> body) {
        return body.filter(b -> b.is(MessageBody.SDP)).isPresent();
    }
}
