package dev.outdial.sip.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.Headers;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Tokens;
import dev.outdial.sip.message.TransactionId;
import dev.outdial.sip.message.TransportProtocol;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A session in simulated time: what is sent, answered and told is kept for the test to look at. */
final class Story {
    static final MessageBody ANSWER = MessageBody.ofText(MessageBody.SDP, "v=0");

    final List<OutboundRequest> sent = new ArrayList<>();
    final List<TransactionId> withdrawn = new ArrayList<>();
    final List<SipAnswer> answers = new ArrayList<>();
    final List<SessionEvent> told = new ArrayList<>();
    final List<InviteAction.Report> reports = new ArrayList<>();
    final Set<String> farEndByes = new HashSet<>();
    boolean forgotten;
    private final Map<Long, Integer> answeredKeys = new HashMap<>();
    private long key;
    private long farEndCseq = 8;

    private InviteState state;
    private long nowNanos = 1_000_000_000_000L;

    Story() {
        this(Optional.of(Credentials.of("1000", "secret")));
    }

    Story(Optional<Credentials> credentials) {
        this(credentials, 1, InviteOptions.USUAL);
    }

    /** By so many ways. */
    Story(int ways) {
        this(Optional.of(Credentials.of("1000", "secret")), ways, InviteOptions.USUAL);
    }

    Story(InviteOptions options) {
        this(Optional.of(Credentials.of("1000", "secret")), 1, options);
    }

    Story(Optional<Credentials> credentials, int ways, InviteOptions options) {
        var setup = new SessionSetup(
                "call-1",
                SipUri.of("1000", "example.com"),
                Optional.of("A \"name\""),
                credentials,
                SipUri.of("2000", "example.com"),
                IntStream.range(0, ways).mapToObj(Story::way).toList(),
                "Outdial/test",
                MessageBody.ofText(MessageBody.SDP, "v=0 offer"),
                List.of(new Header("X-Campaign", "7")),
                options,
                new Tokens("us", "b", "c"));
        Step first = InviteMachine.start(setup, nowNanos);
        state = first.next();
        take(first);
    }

    static Way way(int number) {
        var address = new InetSocketAddress("192.0.2." + (number + 1), 5060);
        return new Way(
                new Hop(address, TransportProtocol.UDP), SipUri.parse("sip:1000@192.0.2.9:" + (40_000 + number)));
    }

    private void take(Step step) {
        state = step.next();
        for (InviteAction action : step.actions()) {
            assertThat(forgotten)
                    .as("an action after the session was forgotten")
                    .isFalse();
            switch (action) {
                case InviteAction.Send send -> sent.add(send.request());
                case InviteAction.Withdraw withdraw -> withdrawn.add(withdraw.transaction());
                case InviteAction.Reply reply -> {
                    answers.add(reply.answer());
                    answeredKeys.put(reply.key(), reply.answer().status());
                }
                case InviteAction.Release release -> {}
                case InviteAction.Report report -> reports.add(report);
                case InviteAction.Tell tell -> told.add(tell.event());
                case InviteAction.Forget forget -> forgotten = true;
            }
        }
    }

    Story event(InviteEvent event) {
        take(InviteMachine.step(state, event, nowNanos));
        return this;
    }

    /** Lets time pass, waking the machine when it asks for that. */
    Story passSeconds(long seconds) {
        return passMillis(TimeUnit.SECONDS.toMillis(seconds));
    }

    Story passMillis(long millis) {
        long untilNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int i = 0; i < 100; i++) {
            var deadline = state.nextDeadlineNanos();
            if (deadline.isEmpty() || deadline.getAsLong() > untilNanos || forgotten) break;
            nowNanos = deadline.getAsLong();
            event(new InviteEvent.Woken());
        }
        nowNanos = untilNanos;
        return this;
    }

    Story wireTook(OutboundRequest request) {
        return event(new InviteEvent.Sent(request.transaction()));
    }

    /** The transport could take back what it was last asked to. */
    Story takenBack() {
        return event(new InviteEvent.Withdrawn(withdrawn.getLast()));
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

    List<String> methods() {
        return sent.stream().map(r -> r.request().method()).toList();
    }

    Story respond(OutboundRequest request, int status, String tag, String... headers) {
        return event(new InviteEvent.Responded(response(request, status, tag, headers)));
    }

    static SipResponse response(OutboundRequest request, int status, String tag, String... headers) {
        Headers asked = request.request().headers();
        String to = asked.first("To").orElseThrow();
        Headers all = Headers.of(
                        "From",
                        asked.first("From").orElseThrow(),
                        "To",
                        tag.isEmpty() || to.contains(";tag=") ? to : to + ";tag=" + tag,
                        "Call-ID",
                        "call-1",
                        "CSeq",
                        asked.first("CSeq").orElseThrow())
                .plus(Headers.of(headers).entries());
        boolean described = status / 100 == 2 && request.request().method().equals("INVITE");
        if (described && all.first("Contact").isEmpty()) all = all.plus("Contact", "<sip:callee@192.0.2.1:5062>");
        return new SipResponse(
                status, "Reason " + status, request.branch(), all, described ? Optional.of(ANSWER) : Optional.empty());
    }

    /** A provisional response with that body. */
    Story provisional(OutboundRequest request, int status, String tag, Optional<MessageBody> body, String... headers) {
        SipResponse plain = response(request, status, tag, headers);
        return event(new InviteEvent.Responded(
                new SipResponse(status, plain.reason(), plain.branch(), plain.headers(), body)));
    }

    List<SessionEvent.Provisional> provisionals() {
        return told.stream()
                .filter(SessionEvent.Provisional.class::isInstance)
                .map(SessionEvent.Provisional.class::cast)
                .toList();
    }

    List<Integer> statuses() {
        return answers.stream().map(SipAnswer::status).toList();
    }

    /** A challenge by a proxy that found only the nonce too old. */
    Story challengeStale(OutboundRequest request, String nonce) {
        String value = "Digest realm=\"r\", nonce=\"" + nonce + "\", stale=true, qop=\"auth\"";
        return respond(request, 407, "proxy", "Proxy-Authenticate", value);
    }

    Story challenge(OutboundRequest request, int status, String nonce) {
        String name = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        return respond(request, status, "proxy", name, "Digest realm=\"r\", nonce=\"" + nonce + "\", qop=\"auth\"");
    }

    Story request(String method, String fromTag, String... headers) {
        return request(method, fromTag, Optional.empty(), headers);
    }

    Story request(String method, String fromTag, Optional<MessageBody> body, String... headers) {
        return request(++farEndCseq, method, fromTag, body, headers);
    }

    Story request(long cseq, String method, String fromTag, Optional<MessageBody> body, String... headers) {
        Headers all = Headers.of(
                        "From",
                        "<sip:2000@example.com>;tag=" + fromTag,
                        "To",
                        "<sip:1000@example.com>;tag=us",
                        "Call-ID",
                        "call-1",
                        "CSeq",
                        cseq + " " + method)
                .plus(Headers.of(headers).entries());
        event(new InviteEvent.Requested(++key, new SipRequest(method, "sip:1000@192.0.2.9:40000", all, body)));
        if (method.equals("BYE") && answeredKeys.getOrDefault(key, 0) == 200) farEndByes.add(fromTag);
        return this;
    }

    Story hangUp() {
        return event(new InviteEvent.HangUp(OptionalInt.empty()));
    }

    /** Up to the answer. */
    Story answered() {
        wireTook(last());
        return respond(last("INVITE"), 200, "t");
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
