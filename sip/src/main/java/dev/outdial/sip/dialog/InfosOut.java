package dev.outdial.sip.dialog;

import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Our INFO requests, one at a time. That one fails is not told: the session is none the worse. Pure. */
final class InfosOut {
    private InfosOut() {}

    static DialogStep proceed(DialogState state, long now) {
        Infos infos = state.infos();
        if (infos.sent().isPresent() || infos.waiting().isEmpty()) return DialogStep.to(state);
        var draft = new Draft("INFO", List.of(), Optional.of(infos.waiting().getFirst()));
        return sending(Outbox.post(state.with(infos.withoutFirst()), draft, now));
    }

    private static DialogStep sending(Outbox.Posted posted) {
        DialogState next = posted.next();
        return DialogStep.to(next.with(next.infos().sending(posted.sent())), posted.action());
    }

    static DialogStep responded(DialogState state, SipResponse response, long now) {
        Optional<Sent> sent = state.infos().sent().filter(s -> s.isAnsweredBy(response));
        if (sent.isEmpty() || response.isProvisional()) return DialogStep.to(state);
        if (response.status() == 481) return Ends.lost(settled(state), "the far end answered an INFO 481", now);
        return Outbox.again(state, sent.get(), response, now)
                .map(InfosOut::sending)
                .orElseGet(() -> DialogStep.to(settled(state)));
    }

    /** No response, or it could not be sent. */
    static DialogStep unanswered(DialogState state, TransactionId transaction) {
        return state.infos().sent().filter(s -> s.is(transaction)).isPresent()
                ? DialogStep.to(settled(state))
                : DialogStep.to(state);
    }

    static DialogStep woken(DialogState state, long now) {
        return state.infos().sent().filter(s -> now - s.giveUpAtNanos() >= 0).isPresent()
                ? DialogStep.to(settled(state))
                : DialogStep.to(state);
    }

    static OptionalLong deadline(DialogState state) {
        return state.infos().sent().map(s -> OptionalLong.of(s.giveUpAtNanos())).orElse(OptionalLong.empty());
    }

    private static DialogState settled(DialogState state) {
        return state.with(state.infos().settled());
    }
}
