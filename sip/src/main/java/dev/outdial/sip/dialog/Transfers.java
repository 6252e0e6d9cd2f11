package dev.outdial.sip.dialog;

import dev.outdial.sip.dialog.DialogAction.Release;
import dev.outdial.sip.dialog.DialogAction.Reply;
import dev.outdial.sip.dialog.DialogAction.Tell;
import dev.outdial.sip.dialog.Transfer.Asking;
import dev.outdial.sip.dialog.Transfer.None;
import dev.outdial.sip.dialog.Transfer.Reporting;
import dev.outdial.sip.dialog.Transfer.Told;
import dev.outdial.sip.event.SessionEvent.TransferProgress;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.NameAddress;
import dev.outdial.sip.message.Parameters;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Our REFER and what the far end reports of it (RFC 3515, RFC 3892, RFC 4488). Pure. */
final class Transfers {
    private static final int TIMED_OUT = 408;

    private Transfers() {}

    /** Where one is out already, it is the one that counts. */
    static DialogStep refer(DialogState state, DialogEvent.Refer wanted, long now) {
        if (state.transfer() instanceof Asking) return DialogStep.to(state);
        String local = state.ids().dialog().local();
        String us = NameAddress.parse(local)
                .map(NameAddress::uri)
                .orElse(state.setup().contact().toString());
        var draft = new Draft(
                "REFER",
                List.of(
                        SessionHeaders.contact(state),
                        new Header("Refer-To", ReferTo.format(wanted.target(), wanted.replaces())),
                        new Header("Referred-By", '<' + us + '>')),
                Optional.empty());
        List<Long> earlier = state.transfer() instanceof Reporting before
                ? before.andEarlier()
                : state.transfer().earlier();
        return asking(Outbox.post(state, draft, now), earlier, state.transfer() instanceof None);
    }

    private static DialogStep asking(Outbox.Posted posted, List<Long> earlier, boolean isFirst) {
        return DialogStep.to(posted.next().with(new Asking(posted.sent(), earlier, isFirst)), posted.action());
    }

    private static long numberOf(Asking asking) {
        return asking.sent()
                .request()
                .request()
                .headers()
                .first("CSeq")
                .flatMap(Headers::leadingNumber)
                .orElseThrow();
    }

    static DialogStep responded(DialogState state, SipResponse response, long now) {
        if (!(state.transfer() instanceof Asking asking)
                || !asking.sent().isAnsweredBy(response)
                || response.isProvisional()) return DialogStep.to(state);
        if (response.isSuccess()) {
            // RFC 4488: it will not report.
            boolean silent = response.headers()
                    .first("Refer-Sub")
                    .filter(value -> value.strip().toLowerCase(Locale.ROOT).startsWith("false"))
                    .isPresent();
            return told(state, response.status(), response.reason(), silent);
        }
        return Outbox.again(state, asking.sent(), response, now)
                .map(posted -> asking(posted, asking.earlier(), asking.isFirst()))
                .orElseGet(() -> refused(state, response, now));
    }

    private static DialogStep refused(DialogState state, SipResponse response, long now) {
        DialogStep told = told(state, response.status(), response.reason(), true);
        return response.status() == 481 ? told.then(s -> Ends.lost(s, "the far end answered a REFER 481", now)) : told;
    }

    private static DialogStep told(DialogState state, int status, String reason, boolean last) {
        Transfer before = state.transfer();
        Transfer next = switch (before) {
            case Asking t when !last -> new Reporting(status, numberOf(t), t.earlier(), t.isFirst());
            case Reporting t when !last -> new Reporting(status, t.number(), t.earlier(), t.isFirst());
            case Asking t -> new Told(t.earlier());
            case Reporting t -> new Told(t.earlier());
            case Told t -> t;
            case None t -> t;
        };
        return DialogStep.to(state.with(next), new Tell(new TransferProgress(status, reason, last)));
    }

    /** A NOTIFY; empty where it belongs to no REFER of ours. */
    static Optional<DialogStep> notified(DialogState state, long key, SipRequest notify) {
        if (!isAboutRefer(notify)) return Optional.empty();
        DialogStep taken = DialogStep.to(state, new Reply(key, SipAnswer.of(200, "OK")), new Release(key));
        Transfer transfer = state.transfer();
        Optional<Long> named = numberIn(notify);
        Optional<Long> earlier = named.isPresent()
                ? named.filter(transfer.earlier()::contains)
                : transfer.earlier().stream().findFirst();
        if (earlier.isPresent()) return Optional.of(taken.then(s -> progress(s, notify, 202, earlier)));
        return switch (transfer) {
            case None t -> Optional.empty();
            case Asking t ->
                Optional.of(
                        t.isFirst() || isAbout(named, numberOf(t))
                                ? taken.then(s -> progress(s, notify, 202, Optional.empty()))
                                : taken);
            case Reporting t ->
                Optional.of(
                        t.isFirst() || isAbout(named, t.number())
                                ? taken.then(s -> progress(s, notify, t.status(), Optional.empty()))
                                : taken);
            case Told t -> Optional.of(taken);
        };
    }

    /** Another one is a late word about a REFER of before; of the only one that there was, all is heard. */
    private static boolean isAbout(Optional<Long> named, long number) {
        return named.isEmpty() || named.get() == number;
    }

    private static Optional<Long> numberIn(SipRequest notify) {
        String event = notify.headers().first("Event").orElse("");
        int parameters = event.indexOf(';');
        if (parameters < 0) return Optional.empty();
        return Optional.ofNullable(
                        Parameters.parse(event.substring(parameters), ';').get("id"))
                .flatMap(Headers::leadingNumber);
    }

    /** @param earlier the REFER that it is about, where that is not the latest */
    private static DialogStep progress(DialogState state, SipRequest notify, int before, Optional<Long> earlier) {
        if (!state.isGoing()) return DialogStep.to(state);
        boolean terminated = notify.headers()
                .first("Subscription-State")
                .filter(value -> value.strip().toLowerCase(Locale.ROOT).startsWith("terminated"))
                .isPresent();
        Optional<StatusLine> line = notify.body().flatMap(StatusLine::of);
        if (line.isPresent()) {
            StatusLine l = line.get();
            return reported(state, l.status(), l.reason(), terminated || l.status() >= 200, earlier);
        }
        return terminated
                ? reported(state, before, "the far end reports no more", true, earlier)
                : DialogStep.to(state);
    }

    // A report may overtake the response to the REFER, which is still awaited then.
    private static DialogStep reported(
            DialogState state, int status, String reason, boolean last, Optional<Long> earlier) {
        if (earlier.isPresent()) {
            return DialogStep.to(
                    last ? state.with(state.transfer().without(earlier.get())) : state,
                    new Tell(new TransferProgress(status, reason, last, true)));
        }
        DialogStep told = told(state, status, reason, last);
        return state.transfer() instanceof Asking && !last
                ? told.then(s -> DialogStep.to(s.with(state.transfer())))
                : told;
    }

    private static boolean isAboutRefer(SipRequest notify) {
        String event = notify.headers().first("Event").orElse("").strip().toLowerCase(Locale.ROOT);
        return event.equals("refer") || event.startsWith("refer;") || event.startsWith("refer ");
    }

    static DialogStep timedOut(DialogState state, TransactionId transaction) {
        return isOut(state, transaction)
                ? told(state, TIMED_OUT, "no answer to the REFER", true)
                : DialogStep.to(state);
    }

    static DialogStep failed(DialogState state, TransactionId transaction, String why) {
        return isOut(state, transaction) ? told(state, 503, why, true) : DialogStep.to(state);
    }

    private static boolean isOut(DialogState state, TransactionId transaction) {
        return state.transfer() instanceof Asking asking && asking.sent().is(transaction);
    }

    static DialogStep woken(DialogState state, long now) {
        return state.transfer() instanceof Asking asking && now - asking.sent().giveUpAtNanos() >= 0
                ? told(state, TIMED_OUT, "no answer to the REFER", true)
                : DialogStep.to(state);
    }

    static OptionalLong deadline(DialogState state) {
        return state.transfer() instanceof Asking asking
                ? OptionalLong.of(asking.sent().giveUpAtNanos())
                : OptionalLong.empty();
    }
}
