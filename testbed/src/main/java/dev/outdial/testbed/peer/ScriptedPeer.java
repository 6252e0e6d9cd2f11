package dev.outdial.testbed.peer;

import dev.outdial.testbed.message.NameAddress;
import dev.outdial.testbed.message.Replies;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipMessageBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * A SIP end on one UDP and one TCP port of loopback (the same number) that does exactly what a test tells it to. It retransmits nothing,
 * answers nothing and corrects nothing by itself, so that a test can play any odd peer; {@link #replyAlways} is the exception that a test may ask for.
 *
 * <pre>{@code
 * try (var peer = ScriptedPeer.open()) {
 *     var invite = peer.receive("INVITE", Duration.ofSeconds(2));
 *     peer.reply(invite, 180, "callee");
 *     var ok = peer.answer(invite, "callee", sdp);
 *     peer.receive("ACK", Duration.ofSeconds(2));
 *     peer.send(peer.requestWithin(invite, ok, "BYE", 1).build(), invite);
 *     peer.receive(200, Duration.ofSeconds(2));
 * }
 * }</pre>
 *
 * <p>As a caller: {@link #send(SipMessage, Wire, InetSocketAddress)}, then {@link #receive(int, Duration)}.
 *
 * <p><b>Threading:</b> safe for any thread; meant for one test thread.
 */
public final class ScriptedPeer implements AutoCloseable {
    private final Inbox inbox = new Inbox();
    private final PeerSockets sockets;

    private ScriptedPeer(InetAddress address, int port, Optional<SSLContext> tls) {
        sockets = PeerSockets.open(new InetSocketAddress(address, port), tls, inbox::put);
    }

    /** Opens a peer on a free port of the IPv4 loopback address. */
    public static ScriptedPeer open() {
        return open(PeerSockets.loopback(), 0);
    }

    /** Opens a peer on that address; port 0 takes a free one. */
    public static ScriptedPeer open(InetAddress address, int port) {
        return new ScriptedPeer(address, port, Optional.empty());
    }

    /** Opens a peer that speaks TLS instead of TCP, with the key of that context. It sends over connections that came to it, and opens none. */
    public static ScriptedPeer openTls(SSLContext tls) {
        return new ScriptedPeer(PeerSockets.loopback(), 0, Optional.of(tls));
    }

    /** Where this peer listens, UDP and TCP or TLS. */
    public InetSocketAddress address() {
        return sockets.address();
    }

    /** The port, UDP and TCP. */
    public int port() {
        return address().getPort();
    }

    /** {@code 127.0.0.1:port}, for URIs and Vias. */
    public String hostPort() {
        return hostPort(address());
    }

    private static String hostPort(InetSocketAddress address) {
        var host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Everything received so far, in order, taken by a script or not. */
    public List<Heard> heard() {
        return inbox.all();
    }

    /** How many requests of that method were received so far, retransmissions included. */
    public int countOf(String method) {
        return (int) heard().stream().filter(h -> h.message().isRequest(method)).count();
    }

    /**
     * Waits for the next request of that method. Each received message is given out once, in order; others stay for later calls.
     *
     * @throws NothingHeardException when none came in time
     */
    public Heard receive(String method, Duration within) {
        return receive(method, h -> h.message().isRequest(method), within);
    }

    /** Waits for the next response of that status; otherwise as {@link #receive(String, Duration)}. */
    public Heard receive(int status, Duration within) {
        return receive(Integer.toString(status), h -> h.message().status() == status, within);
    }

    /** Waits for the next message that fits; {@code wanted} names it in the exception. */
    public Heard receive(String wanted, Predicate<Heard> fits, Duration within) {
        return inbox.take(fits, within)
                .orElseThrow(() -> new NothingHeardException(wanted, within.toMillis(), heard()));
    }

    /** Waits that long and says whether no message that fits came; one that came is used up. */
    public boolean hearsNo(Predicate<Heard> unwanted, Duration within) {
        return inbox.take(unwanted, within).isEmpty();
    }

    /** Sends a message. A TCP connection to that address is used when there is one, opened when there is none. */
    public void send(SipMessage message, Wire wire, InetSocketAddress to) {
        sendRaw(message.toBytes(), wire, to);
    }

    /** Sends a message the way back that the given one came. */
    public void send(SipMessage message, Heard to) {
        send(message, to.wire(), to.source());
    }

    /**
     * Sends a message written as text, such as a text block: line ends become CR LF and Content-Length is made to fit.
     *
     * @throws IllegalArgumentException when the text is no SIP message
     */
    public void send(String text, Wire wire, InetSocketAddress to) {
        var message = SipMessage.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no SIP message: " + text.lines().findFirst().orElse("")));
        send(message.toBuilder().build(), wire, to);
    }

    /** Sends bytes as they are, be they a message or not. */
    public void sendRaw(byte[] bytes, Wire wire, InetSocketAddress to) {
        sockets.send(bytes, wire, to);
    }

    /** Sends a response without a body. The tag goes into To unless one is there; an empty tag adds none. Status 180 and above gets a Contact. */
    public SipMessage reply(Heard request, int status, String tag) {
        return reply(request, status, tag, UnaryOperator.identity());
    }

    /** Sends a response after the given change to it: further headers, a body, another reason. */
    public SipMessage reply(Heard request, int status, String tag, UnaryOperator<SipMessageBuilder> change) {
        var reply = Replies.to(request.message(), status, tag);
        if (status > 100 && status < 300) reply.header("Contact", contact(request.wire()));
        var message = change.apply(reply).build();
        send(message, request);
        return message;
    }

    /** Sends 200 with that session description. */
    public SipMessage answer(Heard invite, String tag, String sdp) {
        return reply(invite, 200, tag, b -> b.body("application/sdp", sdp));
    }

    /**
     * From now on, answers each request of that method at once with that status, as a peer that is only scenery does. The
     * requests are kept and given out by {@code receive} all the same.
     */
    public void replyAlways(String method, int status) {
        sockets.onHeard(heard -> {
            if (heard.message().isRequest(method)) reply(heard, status, "always");
        });
    }

    /** Waits until that many connections, TCP or TLS, are open; false where they are not in time. */
    public boolean awaitConnections(int wanted, Duration within) throws InterruptedException {
        return sockets.awaitConnections(wanted, within);
    }

    /** This peer as the value of a Contact header. */
    public String contact(Wire wire) {
        String transport = switch (wire) {
            case UDP -> "";
            case TCP -> ";transport=tcp";
            case TLS -> ";transport=tls";
        };
        return "<sip:peer@" + hostPort() + transport + ">";
    }

    /**
     * Begins a request of the callee within the dialog that the reply to the caller's INVITE made: To and From exchanged, Route from
     * Record-Route, the caller's Contact as target (RFC 3261 12.2.1.1).
     */
    public SipMessageBuilder requestWithin(Heard invite, SipMessage reply, String method, int cseq) {
        var target = invite.message().contact().map(NameAddress::uri).orElse("sip:missing@invalid");
        var request = SipMessage.request(method, target)
                .header("Via", via(invite.wire(), method + "-" + cseq + "-" + reply.toTag()))
                .header("Max-Forwards", "70")
                .header("From", reply.header("To").orElse(""))
                .header("To", invite.message().header("From").orElse(""))
                .header("Call-ID", reply.callId())
                .header("CSeq", cseq + " " + method)
                .header("Contact", contact(invite.wire()));
        invite.message().values("Record-Route").forEach(r -> request.header("Route", r));
        return request;
    }

    /** A Via of this peer with that branch (the magic cookie is added) and rport. */
    public String via(Wire wire, String branch) {
        return "SIP/2.0/" + wire + " " + hostPort() + ";branch=z9hG4bK" + branch + ";rport";
    }

    /** Closes both ports and all connections. */
    @Override
    public void close() {
        sockets.close();
    }
}
