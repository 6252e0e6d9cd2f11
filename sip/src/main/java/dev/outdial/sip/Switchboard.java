package dev.outdial.sip;

import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.TransportListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connects what comes from the network with the {@link Party} that has the Call-ID. <b>Threading:</b> any thread. */
final class Switchboard implements TransportListener {
    private final Map<String, Party> parties = new ConcurrentHashMap<>();
    private final Words words;

    Switchboard(Words words) {
        this.words = words;
    }

    /** Connects a party; false where its Call-ID is taken. */
    boolean connect(String callId, Party party) {
        return parties.putIfAbsent(callId, party) == null;
    }

    void disconnect(String callId) {
        parties.remove(callId);
    }

    List<Party> disconnectAll() {
        List<Party> all = List.copyOf(parties.values());
        parties.clear();
        return all;
    }

    @Override
    public boolean knows(String callId) {
        return parties.containsKey(callId);
    }

    @Override
    public void responded(SipResponse response) {
        @Nullable Party party = parties.get(response.callId());
        if (party != null) party.responded(response);
    }

    @Override
    public void requested(SipRequest request, Responder responder) {
        @Nullable Party party = parties.get(request.callId());
        if (party != null) {
            party.requested(request, responder);
            return;
        }
        InDialogRequests.answerOutOfDialog(request)
                .ifPresent(answer -> responder.answer(new SipAnswer(
                        answer.status(), answer.reason(), Optional.of(words.tagFor(request)), answer.headers())));
    }

    @Override
    public void sent(TransactionId transaction) {
        @Nullable Party party = parties.get(transaction.callId());
        if (party != null) party.sent(transaction);
    }

    @Override
    public void withdrawn(TransactionId transaction) {
        @Nullable Party party = parties.get(transaction.callId());
        if (party != null) party.withdrawn(transaction);
    }

    @Override
    public void timedOut(TransactionId transaction) {
        @Nullable Party party = parties.get(transaction.callId());
        if (party != null) party.timedOut(transaction);
    }

    @Override
    public void failed(TransactionId transaction, String why) {
        @Nullable Party party = parties.get(transaction.callId());
        if (party != null) party.failed(transaction, why);
    }
}
