package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.DialogAction.Release;
import dev.outdial.sip.dialog.DialogAction.Reply;
import dev.outdial.sip.dialog.DialogAction.Tell;
import dev.outdial.sip.event.SessionEvent.Info;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import java.util.Optional;
import java.util.TreeSet;

/** Requests of the far end: what is checked for all of them (RFC 3261 sections 8.2, 12.2.2), and who decides then. Pure. */
final class Received {
    private Received() {}

    static DialogStep whileGoing(DialogState state, long key, SipRequest request, long now) {
        return switch (request.method()) {
            // Neither has a number of its own.
            case "ACK" -> OffersIn.acknowledged(state, request).then(s -> DialogStep.to(s, new Release(key)));
            case "CANCEL" -> OffersIn.cancelled(state, key, request);
            default -> numbered(state, key, request, now);
        };
    }

    static DialogStep afterTheEnd(DialogState state, long key, SipRequest request, long now) {
        return switch (request.method()) {
            case "ACK" -> DialogStep.to(state, new Release(key));
            case "BYE" -> Ends.requested(state, key, request, now);
            // The far end may go on reporting (RFC 3515 2.4.4), though nobody is told any more.
            case "NOTIFY" ->
                Transfers.notified(state, key, request)
                        .orElseGet(() -> answered(state, key, InDialogRequests.noDialog()));
            default -> answered(state, key, InDialogRequests.noDialog());
        };
    }

    private static DialogStep numbered(DialogState state, long key, SipRequest request, long now) {
        Optional<Long> cseq = DialogRequests.cseq(request.headers());
        if (cseq.isEmpty()) return answered(state, key, SipAnswer.of(400, "Missing CSeq"));
        Optional<DialogStep> heardBefore = OffersIn.heardBefore(state, key, request, cseq.get());
        if (heardBefore.isPresent()) return heardBefore.get();
        // 12.2.2: out of order.
        if (cseq.get() < state.ids().remoteCseq())
            return answered(state, key, SipAnswer.of(500, "Server Internal Error"));
        DialogState heard = state.with(state.ids().heard(cseq.get()));
        // Whatever it requires: it ends the session.
        if (request.method().equals("BYE")) return Ends.requested(heard, key, request, now);
        Optional<SipAnswer> refusal = InDialogRequests.unknownExtension(request);
        return refusal.map(answer -> answered(heard, key, answer)).orElseGet(() -> byMethod(heard, key, request, now));
    }

    private static DialogStep byMethod(DialogState state, long key, SipRequest request, long now) {
        return switch (request.method()) {
            case "INVITE" -> OffersIn.reinvited(state, key, request, now);
            case "UPDATE" -> OffersIn.updated(state, key, request, now);
            case "INFO" -> info(state, key, request);
            case "NOTIFY" ->
                Transfers.notified(state, key, request)
                        .orElseGet(() -> answered(state, key, InDialogRequests.other(request.method())));
            default -> answered(state, key, InDialogRequests.other(request.method()));
        };
    }

    private static DialogStep info(DialogState state, long key, SipRequest request) {
        SipAnswer ok = SipAnswer.of(200, "OK");
        Optional<MessageBody> body = request.body().filter(b -> b.byteLength() > 0);
        // An empty INFO is a question whether we are alive.
        if (body.isEmpty()) return answered(state, key, ok);
        if (state.setup().infoTypes().stream().anyMatch(body.get()::is))
            return answered(state, key, ok).then(s -> DialogStep.to(s, new Tell(new Info(body.get()))));
        var types = new TreeSet<>(state.setup().infoTypes());
        return answered(
                state, key, SipAnswer.of(415, "Unsupported Media Type").plus("Accept", String.join(", ", types)));
    }

    private static DialogStep answered(DialogState state, long key, SipAnswer answer) {
        return DialogStep.to(state, new Reply(key, answer), new Release(key));
    }
}
