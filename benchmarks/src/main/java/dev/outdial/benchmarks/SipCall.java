package dev.outdial.benchmarks;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.session.InviteAction;
import dev.outdial.sip.session.InviteEvent;
import dev.outdial.sip.session.InviteMachine;
import dev.outdial.sip.session.InviteOptions;
import dev.outdial.sip.session.SessionSetup;
import dev.outdial.sip.session.Step;
import dev.outdial.sip.session.Way;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What deciding costs in a call: all that is not the stack, the sockets and the sound. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SipCall {
    private static final Optional<MessageBody> ANSWER = Optional.of(MessageBody.ofText(MessageBody.SDP, "v=0"));
    private static final Credentials CREDENTIALS = Credentials.of("1000", "secret");
    private static final Headers CHALLENGE =
            Headers.of("Proxy-Authenticate", "Digest realm=\"r\", nonce=\"4f2a\", qop=\"auth\"");

    private final SessionSetup setup = new SessionSetup(
            "call-1",
            SipUri.of("1000", "example.com"),
            Optional.empty(),
            Optional.of(CREDENTIALS),
            SipUri.of("2000", "example.com"),
            List.of(new Way(
                    new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP),
                    SipUri.parse("sip:1000@192.0.2.9:40000"))),
            "Outdial",
            MessageBody.ofText(MessageBody.SDP, "v=0"),
            List.of(),
            InviteOptions.USUAL,
            new Tokens("us", "b", "c"));
    private final DigestAuth auth = DigestAuth.of(Optional.of(CREDENTIALS));
    private final DigestAuth.Signed signed = new DigestAuth.Signed("INVITE", "sip:2000@example.com", Optional.empty());

    /** INVITE, 100, 180, 200, ACK, BYE, 200: from the setup to the last action. */
    @Benchmark
    public Step call() {
        Step step = InviteMachine.start(setup, 0);
        OutboundRequest invite = sent(step);
        step = InviteMachine.step(step.next(), new InviteEvent.Sent(invite.transaction()), 1);
        step = responded(step, invite, 100, Optional.empty());
        step = responded(step, invite, 180, Optional.empty());
        step = responded(step, invite, 200, ANSWER);
        step = InviteMachine.step(step.next(), new InviteEvent.HangUp(OptionalInt.empty()), 5);
        return responded(step, sent(step), 200, Optional.empty());
    }

    /** A challenge is read and answered: MD5 with qop auth. */
    @Benchmark
    public DigestAuth.Outcome challenge() {
        return auth.answer(CHALLENGE, DigestAuth.Tries.NONE, signed, "0a4f113b");
    }

    private static OutboundRequest sent(Step step) {
        for (InviteAction action : step.actions()) if (action instanceof InviteAction.Send send) return send.request();
        throw new IllegalStateException("nothing was sent");
    }

    private static Step responded(Step before, OutboundRequest request, int status, Optional<MessageBody> body) {
        Headers asked = request.request().headers();
        String to = asked.first("To").orElseThrow();
        Headers headers = Headers.of(
                "From",
                asked.first("From").orElseThrow(),
                "To",
                to.contains(";tag=") ? to : to + ";tag=t",
                "Call-ID",
                "call-1",
                "CSeq",
                asked.first("CSeq").orElseThrow(),
                "Contact",
                "<sip:callee@192.0.2.1:5062>");
        var response = new SipResponse(status, "OK", request.branch(), headers, body);
        return InviteMachine.step(before.next(), new InviteEvent.Responded(response), 2);
    }
}
