package dev.outdial.sip;

import dev.outdial.sip.dialog.InDialogRequests;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.Responder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Waits for the answer to one OPTIONS request. <b>Threading:</b> any thread. */
final class OptionsRunner implements Party {
    private final String callId;
    private final Switchboard switchboard;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    OptionsRunner(String callId, Switchboard switchboard) {
        this.callId = callId;
        this.switchboard = switchboard;
    }

    static OutboundRequest request(
            String callId, SipUri target, Hop hop, SipUri contact, String product, Tokens tokens) {
        Headers headers = Headers.of(
                "Max-Forwards",
                "70",
                "From",
                '<' + contact.withoutParameters().toString() + ">;tag=" + tokens.localTag(),
                "To",
                '<' + target.withoutParameters().toString() + '>',
                "Call-ID",
                callId,
                "CSeq",
                "1 OPTIONS",
                "User-Agent",
                product,
                "Contact",
                '<' + contact.toString() + '>',
                "Accept",
                InDialogRequests.ACCEPT);
        var request = new SipRequest("OPTIONS", target.toString(), headers, Optional.empty());
        return new OutboundRequest(request, hop, tokens.branch(0));
    }

    CompletionStage<Integer> status() {
        return status.copy();
    }

    @Override
    public void responded(SipResponse response) {
        if (response.isProvisional()) return;
        switchboard.disconnect(callId);
        status.complete(response.status());
    }

    @Override
    public void requested(SipRequest request, Responder responder) {
        InDialogRequests.answerOutOfDialog(request).ifPresent(responder::answer);
    }

    @Override
    public void sent(TransactionId transaction) {}

    @Override
    public void withdrawn(TransactionId transaction) {}

    @Override
    public void timedOut(TransactionId transaction) {
        fail("no answer to OPTIONS");
    }

    @Override
    public void failed(TransactionId transaction, String why) {
        fail(why);
    }

    @Override
    public void closed() {
        fail("the SIP user agent was closed");
    }

    void fail(String why) {
        switchboard.disconnect(callId);
        status.completeExceptionally(new SipException(why));
    }
}
