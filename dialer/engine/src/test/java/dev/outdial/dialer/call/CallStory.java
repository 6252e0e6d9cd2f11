package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.session.InviteAction;
import dev.outdial.sip.session.InviteEvent;
import dev.outdial.sip.session.InviteMachine;
import dev.outdial.sip.session.InviteOptions;
import dev.outdial.sip.session.InviteState;
import dev.outdial.sip.session.SessionSetup;
import dev.outdial.sip.session.Step;
import dev.outdial.sip.session.Way;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * One call of ours in simulated time, its SIP session and what is decided of it, without a network: the test is the far end, and
 * sees what is sent.
 */
final class CallStory {
    private static final MessageBody DESCRIPTION = MessageBody.ofText(MessageBody.SDP, "v=0");

    private final List<OutboundRequest> sent = new ArrayList<>();
    private final List<Integer> replies = new ArrayList<>();
    private final List<CallMachine.Action> reports = new ArrayList<>();
    private CallMachine.State call;
    private Optional<InviteState> session = Optional.empty();
    private long nowNanos = 1_000_000_000_000L;
    private long key;

    private CallStory(CallLimits limits) {
        call = new CallMachine.State.Permitted(limits);
    }

    /** An INVITE that waits to be sent; 30 s to ring, 10 minutes to talk. */
    static CallStory dialling() {
        var story = new CallStory(new CallLimits(Duration.ofSeconds(30), Duration.ofMinutes(10)));
        return story.hear(new CallMachine.Event.Go(true));
    }

    /** An INVITE that was handed to the wire just now. */
    static CallStory invited() {
        return dialling().wireTook();
    }

    static CallStory ringing() {
        return invited().respond(180);
    }

    static CallStory answered() {
        return ringing().respond(200).hear(new CallMachine.Event.MediaSeen());
    }

    private CallStory wireTook() {
        return session(new InviteEvent.Sent(last("INVITE").transaction()));
    }

    /** The far end responds to the latest INVITE. */
    CallStory respond(int status, String... headers) {
        return respondTo("INVITE", status, headers);
    }

    /** The far end responds to the latest request of that method. */
    CallStory respondTo(String method, int status, String... headers) {
        boolean described = method.equals("INVITE") && status / 100 == 2;
        return respond(last(method), status, described ? Optional.of(DESCRIPTION) : Optional.empty(), List.of(headers));
    }

    /** A provisional response with a session description. */
    CallStory earlyMedia(int status) {
        return respond(last("INVITE"), status, Optional.of(DESCRIPTION), List.of());
    }

    /** Another that a proxy forked the call to answers. */
    CallStory alsoAnsweredBy(String tag) {
        SipResponse one = response(last("INVITE"), 200, Optional.of(DESCRIPTION), List.of(), tag);
        return session(new InviteEvent.Responded(one));
    }

    /** A proxy asks for credentials. */
    CallStory challenge(String nonce, boolean stale) {
        respond(407, "Proxy-Authenticate", "Digest realm=\"r\", nonce=\"" + nonce + "\", qop=\"auth\", stale=" + stale);
        return last("INVITE").request().headers().first("Proxy-Authorization").isPresent() ? wireTook() : this;
    }

    private CallStory respond(OutboundRequest request, int status, Optional<MessageBody> body, List<String> more) {
        return session(new InviteEvent.Responded(response(request, status, body, more, "callee")));
    }

    private static SipResponse response(
            OutboundRequest request, int status, Optional<MessageBody> body, List<String> more, String tag) {
        Headers asked = request.request().headers();
        String to = asked.first("To").orElseThrow();
        Headers headers = Headers.of(Stream.concat(
                        Stream.of(
                                "From",
                                asked.first("From").orElseThrow(),
                                "To",
                                to.contains(";tag=") || status == 100 ? to : to + ";tag=" + tag,
                                "Call-ID",
                                asked.first("Call-ID").orElseThrow(),
                                "CSeq",
                                asked.first("CSeq").orElseThrow(),
                                "Contact",
                                "<sip:" + tag + "@192.0.2.1:5062>"),
                        more.stream())
                .toArray(String[]::new));
        return new SipResponse(status, "Reason " + status, request.branch(), headers, body);
    }

    /** The far end hangs up. */
    CallStory bye(String... headers) {
        Headers all = Headers.of(
                        "From", "<sip:2000@example.com>;tag=callee",
                        "To", "<sip:1000@example.com>;tag=us",
                        "Call-ID", "call-1",
                        "CSeq", (9 + key) + " BYE")
                .plus(Headers.of(headers).entries());
        return session(new InviteEvent.Requested(
                ++key, new SipRequest("BYE", "sip:1000@192.0.2.9:40000", all, Optional.empty())));
    }

    /** The transport gives a request up: timer B or F. */
    CallStory timesOut(String method) {
        return session(new InviteEvent.TimedOut(last(method).transaction()));
    }

    /** The transport cannot send a request. */
    CallStory cannotSend(String method) {
        return session(new InviteEvent.Failed(last(method).transaction(), "connection refused"));
    }

    /** We hang up. */
    CallStory hangUp() {
        return hear(new CallMachine.Event.HangUp(HangUpReason.REQUESTED));
    }

    CallStory hear(CallMachine.Event event) {
        decide(event);
        return this;
    }

    /** Lets time pass, waking who asked for it. */
    CallStory pass(Duration time) {
        long untilNanos = nowNanos + time.toNanos();
        for (OptionalLong next = next(); next.isPresent() && next.getAsLong() <= untilNanos; next = next()) {
            nowNanos = Math.max(nowNanos, next.getAsLong());
            session(new InviteEvent.Woken());
            decide(new CallMachine.Event.Tick());
        }
        nowNanos = untilNanos;
        return this;
    }

    private OptionalLong next() {
        OptionalLong ofSession = session.map(InviteState::nextDeadlineNanos).orElse(OptionalLong.empty());
        return Stream.of(ofSession, CallMachine.nextDeadlineNanos(call))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    private OutboundRequest last(String method) {
        return sent.stream()
                .filter(request -> request.request().method().equals(method))
                .reduce((before, after) -> after)
                .orElseThrow(() -> new AssertionError("no " + method + " in " + methods()));
    }

    /** What we sent, in order. */
    List<String> methods() {
        return sent.stream().map(request -> request.request().method()).toList();
    }

    /** The Reason header of our latest request of that method. */
    Optional<String> reasonOf(String method) {
        return last(method).request().headers().first("Reason");
    }

    /** What we answered the far end's requests. */
    List<Integer> replies() {
        return replies;
    }

    /** How often ringing was told. */
    List<CallMachine.Action> rings() {
        return reports.stream()
                .filter(CallMachine.Action.ReportRinging.class::isInstance)
                .toList();
    }

    boolean isTalking() {
        return call instanceof CallMachine.State.Talking;
    }

    boolean isOver() {
        return call instanceof CallMachine.State.Over;
    }

    /** The one outcome; an answer is told at most once, and never of a call that was not answered. */
    CallOutcome outcome() {
        assertThat(call).isInstanceOf(CallMachine.State.Over.class);
        assertThat(reports.stream().filter(CallMachine.Action.ReportEnded.class::isInstance))
                .hasSize(1);
        CallOutcome outcome = ((CallMachine.State.Over) call).outcome();
        assertThat(reports.stream()
                        .filter(CallMachine.Action.ReportAnswered.class::isInstance)
                        .count())
                .isLessThanOrEqualTo(outcome.answered() ? 1 : 0);
        return outcome;
    }

    private void decide(CallMachine.Event event) {
        CallMachine.Step step = CallMachine.step(call, event, nowNanos);
        call = step.next();
        for (CallMachine.Action action : step.actions()) {
            reports.add(action);
            switch (action) {
                case CallMachine.Action.SendInvite send -> take(InviteMachine.start(setup(), nowNanos));
                case CallMachine.Action.EndSession end -> session(new InviteEvent.HangUp(end.cause()));
                case CallMachine.Action.ReportSent told -> {}
                case CallMachine.Action.ReportRinging told -> {}
                case CallMachine.Action.ReportAnswered told -> {}
                case CallMachine.Action.ReportEnded told -> {}
            }
        }
    }

    private CallStory session(InviteEvent event) {
        session.ifPresent(running -> take(InviteMachine.step(running, event, nowNanos)));
        return this;
    }

    private void take(Step step) {
        session = Optional.of(step.next());
        for (InviteAction action : step.actions()) {
            switch (action) {
                case InviteAction.Send send -> sent.add(send.request());
                case InviteAction.Tell tell -> tell(tell.event());
                case InviteAction.Reply reply -> replies.add(reply.answer().status());
                case InviteAction.Withdraw withdraw -> {}
                case InviteAction.Release release -> {}
                case InviteAction.Report report -> {}
                case InviteAction.Forget forget -> {}
            }
        }
    }

    private void tell(SessionEvent event) {
        switch (event) {
            case SessionEvent.Invited told -> decide(new CallMachine.Event.Invited());
            case SessionEvent.Provisional told ->
                decide(new CallMachine.Event.Provisional(
                        told.status(), told.body().isPresent()));
            case SessionEvent.Answered told -> decide(new CallMachine.Event.Answered("PCMU", ""));
            case SessionEvent.Ended told -> decide(new CallMachine.Event.SessionEnded(told.end()));
            case SessionEvent.Confirmed told -> throw new AssertionError(told);
            case SessionEvent.Offered told -> throw new AssertionError(told);
            case SessionEvent.OfferWithdrawn told -> throw new AssertionError(told);
            case SessionEvent.OfferClosed told -> throw new AssertionError(told);
            case SessionEvent.Info told -> throw new AssertionError(told);
            case SessionEvent.TransferProgress told -> throw new AssertionError(told);
        }
    }

    private static SessionSetup setup() {
        return new SessionSetup(
                "call-1",
                SipUri.of("1000", "example.com"),
                Optional.empty(),
                Optional.of(Credentials.of("1000", "secret")),
                SipUri.of("2000", "example.com"),
                List.of(new Way(
                        new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP),
                        SipUri.parse("sip:1000@192.0.2.9:40000"))),
                "Outdial/test",
                MessageBody.ofText(MessageBody.SDP, "v=0 offer"),
                List.of(),
                InviteOptions.USUAL,
                new Tokens("us", "b", "c"));
    }
}
