package dev.outdial.sip.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A call to us in simulated time: what is answered, sent and told is kept for the test to look at. */
final class IncomingStory {
    static final MessageBody OFFER = MessageBody.ofText(MessageBody.SDP, "v=0 theirs");
    static final MessageBody OURS = MessageBody.ofText(MessageBody.SDP, "v=0 ours");
    static final String BRANCH = "z9hG4bKinvite";
    static final long INVITE_KEY = 1;

    /** An answer, and when it was given. */
    record Given(long key, SipAnswer answer, long atMillis) {}

    final List<Given> answers = new ArrayList<>();
    final List<OutboundRequest> sent = new ArrayList<>();
    final List<SessionEvent> told = new ArrayList<>();
    final Set<Long> released = new HashSet<>();
    boolean forgotten;

    private final long startNanos = 1_000_000_000_000L;
    private final String callerTag = "caller";
    private IncomingState state;
    private long nowNanos = startNanos;
    private long lastKey = INVITE_KEY;

    /** A call with an offer, and whatever more headers. */
    static IncomingStory invited(String... headers) {
        return new IncomingStory(Optional.of(OFFER), headers);
    }

    /** A call that wants our offer. */
    static IncomingStory invitedWithoutOffer(String... headers) {
        return new IncomingStory(Optional.empty(), headers);
    }

    private IncomingStory(Optional<MessageBody> offer, String... headers) {
        var setup = new IncomingSetup(
                invite(7, offer, headers),
                BRANCH,
                new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP),
                SipUri.parse("sip:us@192.0.2.9:40000"),
                "Outdial/test",
                new Tokens("us", "b", "c"),
                Set.of("application/dtmf-relay"));
        IncomingStep first = IncomingMachine.start(setup, INVITE_KEY, nowNanos);
        state = first.next();
        take(first);
    }

    static SipRequest invite(long cseq, Optional<MessageBody> offer, String... headers) {
        Headers all = Headers.of(
                        "From",
                        "<sip:2000@example.com>;tag=caller",
                        "To",
                        "<sip:us@example.com>",
                        "Call-ID",
                        "call-1",
                        "CSeq",
                        cseq + " INVITE",
                        "Contact",
                        "<sip:2000@192.0.2.1:5062>")
                .plus(Headers.of(headers).entries());
        return new SipRequest("INVITE", "sip:us@192.0.2.9:40000", all, offer);
    }

    private void take(IncomingStep step) {
        state = step.next();
        for (IncomingAction action : step.actions()) {
            assertThat(forgotten).as("an action after the call was forgotten").isFalse();
            switch (action) {
                case IncomingAction.Send send -> sent.add(send.request());
                case IncomingAction.Reply reply -> {
                    assertThat(released).as("answered after its release").doesNotContain(reply.key());
                    answers.add(new Given(
                            reply.key(), reply.answer(), TimeUnit.NANOSECONDS.toMillis(nowNanos - startNanos)));
                }
                case IncomingAction.Release release -> released.add(release.key());
                case IncomingAction.Tell tell -> told.add(tell.event());
                case IncomingAction.Forget forget -> forgotten = true;
            }
        }
    }

    IncomingStory event(IncomingEvent event) {
        take(IncomingMachine.step(state, event, nowNanos));
        return this;
    }

    IncomingStory passMillis(long millis) {
        long untilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int i = 0; i < 200; i++) {
            var deadline = state.nextDeadlineNanos();
            if (deadline.isEmpty() || deadline.getAsLong() > untilNanos || forgotten) break;
            nowNanos = Math.max(nowNanos, deadline.getAsLong());
            event(new IncomingEvent.Woken());
        }
        nowNanos = untilNanos;
        return this;
    }

    IncomingStory passSeconds(long seconds) {
        return passMillis(TimeUnit.SECONDS.toMillis(seconds));
    }

    IncomingStory ring(int status) {
        return event(new IncomingEvent.Ring(status, Optional.empty()));
    }

    IncomingStory ringWith(int status, MessageBody body) {
        return event(new IncomingEvent.Ring(status, Optional.of(body)));
    }

    IncomingStory accept() {
        return event(new IncomingEvent.Accept(OURS));
    }

    IncomingStory hangUp() {
        return event(new IncomingEvent.HangUp(OptionalInt.empty()));
    }

    IncomingStory ack() {
        return ack(Optional.empty());
    }

    IncomingStory ack(Optional<MessageBody> body) {
        within("ACK", 7, body);
        return this;
    }

    /** A request within the dialog; its key. */
    long within(String method, long cseq, Optional<MessageBody> body, String... headers) {
        return requested(method, cseq, "<sip:us@example.com>;tag=us", "z9hG4bK" + method + cseq, body, headers);
    }

    long within(String method, long cseq, String... headers) {
        return within(method, cseq, Optional.empty(), headers);
    }

    long cancel(String... headers) {
        return requested("CANCEL", 7, "<sip:us@example.com>", BRANCH, Optional.empty(), headers);
    }

    long inviteAgain(String branch, long cseq) {
        long key = ++lastKey;
        event(new IncomingEvent.Requested(key, branch, invite(cseq, Optional.of(OFFER))));
        return key;
    }

    long requested(String method, long cseq, String to, String branch, Optional<MessageBody> body, String... headers) {
        long key = ++lastKey;
        Headers all = Headers.of(
                        "From",
                        "<sip:2000@example.com>;tag=" + callerTag,
                        "To",
                        to,
                        "Call-ID",
                        "call-1",
                        "CSeq",
                        cseq + " " + method)
                .plus(Headers.of(headers).entries());
        event(new IncomingEvent.Requested(key, branch, new SipRequest(method, "sip:us@192.0.2.9:40000", all, body)));
        return key;
    }

    /** PRACK of the reliable provisional response that was given last. */
    long prack(long cseq, Optional<MessageBody> body) {
        String rseq = latest().headers().first("RSeq").orElseThrow();
        return within("PRACK", cseq, body, "RAck", rseq + " 7 INVITE");
    }

    IncomingStory respond(OutboundRequest request, int status) {
        Headers headers = Headers.of(
                "From",
                request.request().headers().first("From").orElseThrow(),
                "To",
                request.request().headers().first("To").orElseThrow(),
                "Call-ID",
                "call-1",
                "CSeq",
                request.request().headers().first("CSeq").orElseThrow());
        var response = new SipResponse(status, "Reason", request.branch(), headers, Optional.empty());
        return event(new IncomingEvent.Within(new DialogEvent.Responded(response)));
    }

    /** What was answered to the INVITE, in order. */
    List<Integer> statuses() {
        return statuses(INVITE_KEY);
    }

    List<Integer> statuses(long key) {
        return answers.stream()
                .filter(given -> given.key() == key)
                .map(given -> given.answer().status())
                .toList();
    }

    List<Long> timesOf(int status) {
        return answers.stream()
                .filter(given -> given.key() == INVITE_KEY && given.answer().status() == status)
                .map(Given::atMillis)
                .toList();
    }

    /** The latest answer to the INVITE. */
    SipAnswer latest() {
        return answerTo(INVITE_KEY);
    }

    SipAnswer answerTo(long key) {
        return answers.stream()
                .filter(given -> given.key() == key)
                .map(Given::answer)
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError("no answer to " + key));
    }

    List<String> methods() {
        return sent.stream().map(r -> r.request().method()).toList();
    }

    List<SessionEvent.Ended> ends() {
        return told.stream()
                .filter(SessionEvent.Ended.class::isInstance)
                .map(SessionEvent.Ended.class::cast)
                .toList();
    }

    /** The one end, which must be the last word. */
    SessionEnd end() {
        assertThat(ends()).hasSize(1);
        assertThat(told.getLast()).isInstanceOf(SessionEvent.Ended.class);
        return ends().getFirst().end();
    }

    boolean isOver() {
        return state.isOver();
    }
}
