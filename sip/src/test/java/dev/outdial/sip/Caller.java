package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipMessageBuilder;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A scripted peer that calls a user agent beside it on loopback. */
final class Caller implements AutoCloseable {
    static final MessageBody OURS = MessageBody.ofText(MessageBody.SDP, Bench.ANSWER);

    final ScriptedPeer peer = ScriptedPeer.open();
    final UserAgent agent = UserAgent.open(new UserAgentConfig(Optional.of("127.0.0.1"), 0, "Outdial-Test"));
    final Wire wire;
    final BlockingQueue<IncomingInvite> invites = new LinkedBlockingQueue<>();
    final BlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
    private final InetSocketAddress target;
    private final ExecutorService mailbox = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "test-mailbox");
        thread.setDaemon(true);
        return thread;
    });

    Caller(Wire wire) {
        this.wire = wire;
        agent.onIncoming(invites::add);
        TransportProtocol transport = wire == Wire.TCP ? TransportProtocol.TCP : TransportProtocol.UDP;
        agent.options(SipUri.of("2000", "127.0.0.1"), new Hop(peer.address(), transport));
        Heard options = peer.receive("OPTIONS", SOON);
        peer.reply(options, 200, "x");
        int port = SipUri.parse(options.message().contact().orElseThrow().uri()).portOrDefault();
        target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** An INVITE with an offer. */
    SipMessageBuilder invite(String callId) {
        return inviteWithoutOffer(callId).body("application/sdp", Bench.OFFER);
    }

    SipMessageBuilder inviteWithoutOffer(String callId) {
        return SipMessage.request("INVITE", "sip:account7@" + target.getHostString() + ":" + target.getPort())
                .header("Via", peer.via(wire, "invite-" + callId))
                .header("Max-Forwards", "70")
                .header("From", "\"A, B <C>\" <sip:2000@127.0.0.1>;tag=caller")
                .header("To", "<sip:account7@127.0.0.1>")
                .header("Call-ID", callId)
                .header("CSeq", "7 INVITE")
                .header("Contact", peer.contact(wire));
    }

    SipMessage send(SipMessageBuilder message) {
        SipMessage built = message.build();
        send(built);
        return built;
    }

    void send(SipMessage message) {
        peer.send(message, wire, target);
    }

    /** A request within the dialog that an answer to the INVITE began. */
    SipMessageBuilder within(SipMessage invite, Heard answer, String method, long cseq) {
        String uri = answer.message().contact().orElseThrow().uri();
        return SipMessage.request(method, uri)
                .header("Via", peer.via(wire, method + "-" + cseq + "-" + invite.callId()))
                .header("Max-Forwards", "70")
                .header("From", invite.header("From").orElseThrow())
                .header("To", answer.message().header("To").orElseThrow())
                .header("Call-ID", invite.callId())
                .header("CSeq", cseq + " " + method)
                .header("Contact", peer.contact(wire));
    }

    SipMessageBuilder ack(SipMessage invite, Heard answer) {
        return within(invite, answer, "ACK", 7);
    }

    /** The CANCEL of an INVITE, or the ACK of a final response other than 2xx: they go by the branch of the INVITE. */
    SipMessageBuilder like(SipMessage invite, String method, String to) {
        return SipMessage.request(method, invite.requestUri())
                .header("Via", invite.header("Via").orElseThrow())
                .header("Max-Forwards", "70")
                .header("From", invite.header("From").orElseThrow())
                .header("To", to)
                .header("Call-ID", invite.callId())
                .header("CSeq", invite.cseqNumber() + " " + method);
    }

    SipMessageBuilder cancel(SipMessage invite) {
        return like(invite, "CANCEL", invite.header("To").orElseThrow());
    }

    void acknowledgeRefusal(SipMessage invite, Heard answer) {
        send(like(invite, "ACK", answer.message().header("To").orElseThrow()));
    }

    Heard answerTo(String method, int status) {
        return peer.receive(
                status + " to " + method,
                h -> h.message().status() == status && h.message().method().equals(method),
                SOON);
    }

    long countOf(String method, int status) {
        return peer.heard().stream()
                .filter(h ->
                        h.message().status() == status && h.message().method().equals(method))
                .count();
    }

    IncomingInvite announced() throws InterruptedException {
        IncomingInvite invite = invites.poll(5, TimeUnit.SECONDS);
        assertThat(invite).as("a call announced").isNotNull();
        return invite;
    }

    InviteSession take() throws InterruptedException {
        return take(announced());
    }

    InviteSession take(IncomingInvite invite) {
        return invite.take(mailbox, events::add, Optional.empty());
    }

    <T extends SessionEvent> T next(Class<T> type) throws InterruptedException {
        SessionEvent event = events.poll(5, TimeUnit.SECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    @Override
    public void close() {
        agent.close();
        mailbox.shutdownNow();
        peer.close();
    }
}
