package dev.outdial.sip;

import dev.outdial.sip.incoming.OutOfDialog;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.TransportListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Connects what comes from the network with the {@link Party} that has the Call-ID. <b>Threading:</b> any thread. */
final class Switchboard implements TransportListener {
    private final Map<String, Party> parties = new ConcurrentHashMap<>();
    private final Words words;
    private volatile Optional<Reception> reception = Optional.empty();

    Switchboard(Words words) {
        this.words = words;
    }

    /** From here on calls to us go there. */
    void connect(Reception newReception) {
        reception = Optional.of(newReception);
    }

    /** Connects a party; false where its Call-ID is taken. */
    boolean connect(String callId, Party party) {
        return parties.putIfAbsent(callId, party) == null;
    }

    void disconnect(String callId) {
        parties.remove(callId);
    }

    /** How many are connected. */
    int size() {
        return parties.size();
    }

    List<Party> disconnectAll() {
        var all = new ArrayList<>(parties.values());
        parties.clear();
        reception.ifPresent(r -> all.addAll(r.forgetAll()));
        return all;
    }

    @Override
    public boolean knows(String callId) {
        return parties.containsKey(callId) || called(callId).isPresent();
    }

    @Override
    public boolean wants(SipRequest invite) {
        return reception.filter(r -> r.wants(invite)).isPresent();
    }

    private Optional<IncomingRunner> called(String callId) {
        return reception.flatMap(r -> r.call(callId));
    }

    @Override
    public void responded(SipResponse response) {
        sender(response.callId(), response.branch()).ifPresent(party -> party.responded(response));
    }

    @Override
    public void requested(SipRequest request, Responder responder) {
        Optional<? extends Party> party = receiver(request);
        if (party.isPresent()) party.get().requested(request, responder);
        else outOfDialog(request, responder);
    }

    private void outOfDialog(SipRequest request, Responder responder) {
        boolean isCall = request.method().equals("INVITE")
                && OutOfDialog.refusal(request).isEmpty();
        Optional<SipAnswer> answer = isCall && reception.isPresent()
                ? reception.get().invited(request, responder)
                : OutOfDialog.answer(request);
        answer.ifPresent(a -> responder.answer(a.tagged(words.tagFor(request))));
    }

    // A proxy may lead a call of ours back to us, with its Call-ID: then tags and branches tell the two ends apart.
    private Optional<? extends Party> receiver(SipRequest request) {
        Optional<IncomingRunner> called = called(request.callId());
        Optional<Party> party = Optional.ofNullable(parties.get(request.callId()));
        if (!request.toTag().isEmpty()) {
            return called.filter(call -> party.isEmpty() || call.hasTag(request.toTag()))
                    .<Party>map(call -> call)
                    .or(() -> party);
        }
        return switch (request.method()) {
            case "INVITE" -> called.filter(call -> !isSuccessor(request, call));
            case "CANCEL" -> called.<Party>map(call -> call).or(() -> party);
            default -> party.or(() -> called);
        };
    }

    // Whoever was refused may try again in the same words (RFC 3261 8.1.3.5): that is another call.
    private boolean isSuccessor(SipRequest invite, IncomingRunner before) {
        if (!before.isOver() || !before.isOtherThan(invite)) return false;
        reception.ifPresent(r -> r.forget(invite.callId(), before));
        return true;
    }

    private Optional<? extends Party> sender(String callId, String branch) {
        return called(callId)
                .filter(call -> call.sent(branch))
                .<Party>map(call -> call)
                .or(() -> Optional.ofNullable(parties.get(callId)));
    }

    private Optional<? extends Party> sender(TransactionId transaction) {
        return sender(transaction.callId(), transaction.branch());
    }

    @Override
    public void sent(TransactionId transaction) {
        sender(transaction).ifPresent(party -> party.sent(transaction));
    }

    @Override
    public void withdrawn(TransactionId transaction) {
        sender(transaction).ifPresent(party -> party.withdrawn(transaction));
    }

    @Override
    public void timedOut(TransactionId transaction) {
        sender(transaction).ifPresent(party -> party.timedOut(transaction));
    }

    @Override
    public void failed(TransactionId transaction, String why) {
        sender(transaction).ifPresent(party -> party.failed(transaction, why));
    }

    @Override
    public void connectionLost(Hop hop) {
        parties.values().forEach(party -> party.connectionLost(hop));
    }
}
