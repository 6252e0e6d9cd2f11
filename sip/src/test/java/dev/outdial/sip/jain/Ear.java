package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.transport.Responder;
import dev.outdial.sip.transport.TransportListener;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hears everything, and answers every request but ACK with 200. */
public final class Ear implements TransportListener {
    public final Set<String> known = ConcurrentHashMap.newKeySet();
    public final BlockingQueue<SipResponse> responses = new LinkedBlockingQueue<>();
    public final BlockingQueue<SipRequest> requests = new LinkedBlockingQueue<>();
    public final BlockingQueue<TransactionId> sent = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    public final BlockingQueue<Hop> lost = new LinkedBlockingQueue<>();

    public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T heard = queue.poll(20, TimeUnit.SECONDS);
        assertThat(heard).isNotNull();
        return heard;
    }

    /** Hears nothing yet. */
    public Ear() {}

    /** A request to that hop; with a body of that many bytes unless that is 0. */
    public static OutboundRequest request(String method, String callId, Hop hop, int bodyBytes, String branch) {
        var headers = Headers.of(
                "Max-Forwards", "70", "From", "<sip:a@127.0.0.1>;tag=1", "To", "<sip:b@127.0.0.1>", "Call-ID", callId);
        headers = headers.plus("CSeq", "1 " + method).plus("Contact", "<sip:a@127.0.0.1:5066>");
        Optional<MessageBody> body = bodyBytes == 0
                ? Optional.empty()
                : Optional.of(MessageBody.ofText("text/plain", "b".repeat(bodyBytes)));
        return new OutboundRequest(new SipRequest(method, "sip:b@127.0.0.1", headers, body), hop, "z9hG4bK" + branch);
    }

    @Override
    public boolean knows(String callId) {
        return known.contains(callId);
    }

    @Override
    public void responded(SipResponse response) {
        responses.add(response);
    }

    @Override
    public void requested(SipRequest request, Responder responder) {
        requests.add(request);
        if (!request.method().equals("ACK"))
            responder.answer(SipAnswer.of(200, "OK").tagged("ear"));
    }

    @Override
    public void sent(TransactionId transaction) {
        sent.add(transaction);
    }

    @Override
    public void withdrawn(TransactionId transaction) {}

    @Override
    public void timedOut(TransactionId transaction) {}

    @Override
    public void failed(TransactionId transaction, String why) {
        failures.add(why);
    }

    @Override
    public void connectionLost(Hop hop) {
        lost.add(hop);
    }
}
