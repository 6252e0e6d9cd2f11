package dev.outdial.sip.dialog;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.auth.DigestAuth.Signed;
import dev.outdial.sip.auth.DigestAuth.Tries;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.Optional;

/** Numbers, signs and writes the requests of a dialog, and writes them again where they are challenged. Pure. */
final class Outbox {
    private Outbox() {}

    /** A request that is ready to go, and the state that knows of it. */
    record Posted(DialogState next, Sent sent) {
        DialogAction action() {
            return new DialogAction.Send(sent.request());
        }
    }

    static Posted post(DialogState state, Draft draft, long nowNanos) {
        Ids ids = state.ids();
        var signed = new Signed(draft.method(), ids.dialog().requestUri(), draft.body());
        return post(state, draft, ids.auth().authorize(signed, state.cnonce()), nowNanos);
    }

    /** The request once more with credentials; empty where the response is no challenge, or one that cannot be met. */
    static Optional<Posted> again(DialogState state, Sent sent, SipResponse response, long nowNanos) {
        if (response.status() != 401 && response.status() != 407) return Optional.empty();
        Ids ids = state.ids();
        Draft draft = sent.draft();
        var signed = new Signed(draft.method(), ids.dialog().requestUri(), draft.body());
        var outcome = ids.auth().answer(response.headers(), sent.tries(), signed, state.cnonce());
        return outcome instanceof DigestAuth.Outcome.Answer answer
                ? Optional.of(post(state, draft, answer, nowNanos))
                : Optional.empty();
    }

    private static Posted post(DialogState state, Draft draft, DigestAuth.Outcome.Answer credentials, long nowNanos) {
        Ids ids = state.ids();
        var headers = new ArrayList<>(draft.headers());
        headers.addAll(credentials.headers());
        OutboundRequest request = DialogRequests.within(
                ids.dialog(),
                draft.method(),
                ids.localCseq() + 1,
                state.branch(),
                state.setup().product(),
                headers,
                draft.body());
        // A request that was not challenged before counts no tries, whatever credentials it took along.
        Tries tries = credentials.tries();
        var sent = new Sent(draft, request, tries, nowNanos + DialogTimer.UNANSWERED.nanos());
        return new Posted(state.with(ids.numbered(credentials.auth())), sent);
    }

    /** A branch for what has no number of its own, such as an ACK. */
    static DialogState withNextSerial(DialogState state) {
        return state.with(state.ids().serialTaken());
    }
}
