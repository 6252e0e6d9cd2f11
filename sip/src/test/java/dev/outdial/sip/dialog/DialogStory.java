package dev.outdial.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.auth.DigestAuth;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Credentials;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A confirmed dialog in simulated time: what is sent, answered and told is kept for the test to look at. */
final class DialogStory {
    static final MessageBody OFFER = MessageBody.ofText(MessageBody.SDP, "v=0 offer");
    static final MessageBody ANSWER = MessageBody.ofText(MessageBody.SDP, "v=0 answer");
    static final MessageBody FIRST = MessageBody.ofText(MessageBody.SDP, "v=0 first");

    /** An answer of ours, to the request with that key. */
    record Answered(long key, SipAnswer answer) {}

    final List<OutboundRequest> sent = new ArrayList<>();
    final List<Answered> answers = new ArrayList<>();
    final List<Long> released = new ArrayList<>();
    final List<SessionEvent> told = new ArrayList<>();

    private final Map<Long, String> requests = new LinkedHashMap<>();
    private final Set<Long> tooLate = new HashSet<>();
    private DialogState state;
    private long nowNanos = Long.MAX_VALUE - 5_000_000_000L;
    private long key;
    private int remoteCseq = 100;

    DialogStory() {
        this(setup -> setup);
    }

    DialogStory(UnaryOperator<DialogSetup> change) {
        DialogSetup setup = change.apply(setup());
        DialogStep first = DialogMachine.confirmed(setup, nowNanos);
        state = first.next();
        take(first);
    }

    static DialogSetup setup() {
        var hop = new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP);
        var dialog = new Dialog(
                "call-1",
                "\"us\" <sip:1000@example.com>;tag=us",
                "<sip:2000@example.com>;tag=them",
                "sip:2000@192.0.2.1:5062",
                List.of(),
                hop);
        return new DialogSetup(
                dialog,
                true,
                SipUri.parse("sip:1000@192.0.2.9:40000"),
                "Outdial/test",
                DigestAuth.of(Optional.of(Credentials.of("1000", "secret"))),
                1,
                0,
                new Tokens("us", "b", "c").within("d"),
                Set.of("application/dtmf-relay"),
                Optional.empty(),
                Set.of());
    }

    /** A dialog with that timer, whose far end allows these methods. */
    static DialogStory timed(int seconds, boolean weRefresh, String... allowed) {
        return new DialogStory(s -> new DialogSetup(
                s.dialog(),
                s.weCalled(),
                s.contact(),
                s.product(),
                s.auth(),
                s.localCseq(),
                s.remoteCseq(),
                s.tokens(),
                s.infoTypes(),
                Optional.of(new SessionTimer.Terms(seconds, weRefresh)),
                Set.of(allowed),
                Optional.of(FIRST)));
    }

    /** A dialog that the far end's call set up. */
    static DialogStory called() {
        return new DialogStory(s -> new DialogSetup(
                s.dialog(),
                false,
                s.contact(),
                s.product(),
                s.auth(),
                0,
                50,
                s.tokens(),
                s.infoTypes(),
                s.timer(),
                s.farEndAllows(),
                Optional.of(FIRST)));
    }

    private void take(DialogStep step) {
        if (state.isForgotten()) assertThat(step.actions()).isEmpty();
        state = step.next();
        for (DialogAction action : step.actions()) {
            switch (action) {
                case DialogAction.Send send -> sent.add(send.request());
                case DialogAction.Reply reply -> {
                    assertThat(released).as("answered after its release").doesNotContain(reply.key());
                    answers.add(new Answered(reply.key(), reply.answer()));
                }
                case DialogAction.Release release -> released.add(release.key());
                case DialogAction.Tell tell -> told.add(tell.event());
            }
        }
    }

    DialogStory event(DialogEvent event) {
        take(DialogMachine.step(state, event, nowNanos));
        return this;
    }

    DialogState state() {
        return state;
    }

    long nowNanos() {
        return nowNanos;
    }

    /** Lets time pass, waking the machine when it asks for that. */
    DialogStory passMillis(long millis) {
        long untilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int i = 0; i < 10_000; i++) {
            var deadline = state.nextDeadlineNanos();
            if (deadline.isEmpty() || deadline.getAsLong() - untilNanos > 0) break;
            nowNanos = deadline.getAsLong();
            event(new DialogEvent.Woken());
        }
        nowNanos = untilNanos;
        return this;
    }

    DialogStory passSeconds(long seconds) {
        return passMillis(TimeUnit.SECONDS.toMillis(seconds));
    }

    /** Time passes and nobody wakes the machine in time. */
    DialogStory oversleepSeconds(long seconds) {
        nowNanos += TimeUnit.SECONDS.toNanos(seconds);
        return event(new DialogEvent.Woken()).event(new DialogEvent.Woken());
    }

    OutboundRequest last() {
        return sent.getLast();
    }

    OutboundRequest last(String method) {
        return sent.stream()
                .filter(r -> r.request().method().equals(method))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError("no " + method + " in " + methods()));
    }

    DialogStory offerAgain(MessageBody offer) {
        return event(new DialogEvent.OfferAgain(offer));
    }

    DialogStory accept(MessageBody description) {
        return event(new DialogEvent.Accept(description));
    }

    DialogStory refuse(int status) {
        return event(new DialogEvent.Refuse(status));
    }

    DialogStory timesOut(OutboundRequest request) {
        return event(new DialogEvent.TimedOut(request.transaction()));
    }

    /** The ACK of the far end's re-INVITE with that number. */
    DialogStory ack(long cseq, Optional<MessageBody> body) {
        return requestNumbered(cseq, "ACK", body);
    }

    /** What was answered to the request with that key, each time. */
    List<SipAnswer> answersTo(long key) {
        return answers.stream()
                .filter(a -> a.key() == key)
                .map(Answered::answer)
                .toList();
    }

    List<String> methods() {
        return sent.stream().map(r -> r.request().method()).toList();
    }

    List<Integer> statuses() {
        return answers.stream().map(a -> a.answer().status()).toList();
    }

    SipAnswer lastAnswer() {
        return answers.getLast().answer();
    }

    DialogStory respond(OutboundRequest request, int status, String... headers) {
        return respond(request, status, Optional.empty(), headers);
    }

    DialogStory respond(OutboundRequest request, int status, Optional<MessageBody> body, String... headers) {
        Headers asked = request.request().headers();
        Headers all = Headers.of(
                        "From",
                        asked.first("From").orElseThrow(),
                        "To",
                        asked.first("To").orElseThrow(),
                        "Call-ID",
                        "call-1",
                        "CSeq",
                        asked.first("CSeq").orElseThrow())
                .plus(Headers.of(headers).entries());
        var response = new SipResponse(status, "Reason " + status, request.branch(), all, body);
        return event(new DialogEvent.Responded(response));
    }

    DialogStory challenge(OutboundRequest request, int status, String nonce) {
        String name = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        return respond(request, status, name, "Digest realm=\"r\", nonce=\"" + nonce + "\", qop=\"auth\"");
    }

    /** A request of the far end with its next number. */
    DialogStory request(String method, String... headers) {
        return request(method, Optional.empty(), headers);
    }

    DialogStory request(String method, Optional<MessageBody> body, String... headers) {
        return requestNumbered(++remoteCseq, method, body, headers);
    }

    DialogStory requestNumbered(long cseq, String method, Optional<MessageBody> body, String... headers) {
        Headers all = Headers.of(
                        "From",
                        "<sip:2000@example.com>;tag=them",
                        "To",
                        "<sip:1000@example.com>;tag=us",
                        "Call-ID",
                        "call-1",
                        "CSeq",
                        cseq + " " + method)
                .plus(Headers.of(headers).entries());
        requests.put(++key, method);
        if (state.isForgotten()) tooLate.add(key);
        return event(new DialogEvent.Requested(key, new SipRequest(method, "sip:1000@192.0.2.9:40000", all, body)));
    }

    /** The keys of the far end's requests of these methods. */
    List<Long> keysOf(String... methods) {
        return requests.entrySet().stream()
                .filter(r -> List.of(methods).contains(r.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the request with that key came when all was forgotten. */
    boolean afterForgetting(long ofKey) {
        return tooLate.contains(ofKey);
    }

    /** The number of the far end's latest request. */
    int remoteCseq() {
        return remoteCseq;
    }

    /** The key of the far end's latest request. */
    long key() {
        return key;
    }

    DialogStory hangUp() {
        return event(new DialogEvent.HangUp(OptionalInt.empty()));
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
}
