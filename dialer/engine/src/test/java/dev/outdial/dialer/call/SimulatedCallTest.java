package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.call.SimulatedCallee.KeyPacket;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.media.dtmf.TelephoneEventReceiver;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Credentials;
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
import dev.outdial.testbed.link.ImpairedLink;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole calls in simulated time: the session, call and key machines over a bad network. The callee's transport
 * repeats itself as RFC 3261 wants; the caller's INVITE, the one thing that the real transport repeats for us, is spared.
 */
class SimulatedCallTest {
    private static final String DIGITS = "11290*#5550";
    private static final int SSRC = 7;

    private final List<CallMachine.Action> reports = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();
    private final TelephoneEventReceiver ear = new TelephoneEventReceiver((digit, millis) -> heard.append(digit));
    private CallMachine.State call =
            new CallMachine.State.Permitted(new CallLimits(Duration.ofSeconds(30), Duration.ofMinutes(5)));
    private InviteState session = InviteMachine.start(setup(), 0).next();
    private ImpairedLink<OutboundRequest> out = ImpairedLink.seed(0);
    private ImpairedLink<SipResponse> responses = ImpairedLink.seed(0);
    private ImpairedLink<SipRequest> requests = ImpairedLink.seed(0);
    private ImpairedLink<KeyPacket> keys = ImpairedLink.seed(0);
    private long nowNanos;
    private long key;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void overABadNetworkThereIsOneAnswerOneEndAndEachDigitOnce(long seed) {
        out = ImpairedLink.<OutboundRequest>seed(seed)
                .delay(Duration.ofMillis(60))
                .duplicating(0.3)
                .reordering(0.2, Duration.ofMillis(700));
        responses = ImpairedLink.<SipResponse>seed(seed + 100)
                .delay(Duration.ofMillis(60))
                .jitter(Duration.ofMillis(80))
                .duplicating(0.5)
                .reordering(0.3, Duration.ofMillis(1500));
        requests = ImpairedLink.<SipRequest>seed(seed + 200)
                .delay(Duration.ofMillis(60))
                .losing(0.3)
                .duplicating(0.5);
        keys = ImpairedLink.<KeyPacket>seed(seed + 300)
                .delay(Duration.ofMillis(60))
                .losing(0.1)
                .duplicating(0.2)
                .reordering(0.1, Duration.ofMillis(40));

        run();

        assertThat(reports)
                .as("seed %d", seed)
                .filteredOn(CallMachine.Action.ReportAnswered.class::isInstance)
                .hasSize(1);
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome().endedBy()).isEqualTo(EndedBy.REMOTE);
        assertThat(heard).as("seed %d", seed).hasToString(DIGITS);
    }

    @Test
    void lostAcknowledgementsAreRepeatedForEachRepeatedAnswer() {
        out = ImpairedLink.<OutboundRequest>seed(1).dropping(new FirstAcks(3));

        run();

        assertThat(reports)
                .filteredOn(CallMachine.Action.ReportAnswered.class::isInstance)
                .hasSize(1);
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(out.lostCount()).isEqualTo(3);
        assertThat(heard).hasToString(DIGITS);
    }

    @Test
    void keysAreHeardOnceEvenIfAllTheirEndPacketsAreLost() {
        keys = ImpairedLink.<KeyPacket>seed(1).dropping(packet -> packet.event().end());

        run();

        assertThat(heard).hasToString(DIGITS);
    }

    private void run() {
        var callee = new SimulatedCallee(DIGITS, responses, requests, keys);
        decide(new CallMachine.Event.Go(true));
        for (int tick = 0; tick < 3000; tick++) {
            nowNanos = tick * 20_000_000L;
            out.take(nowNanos).forEach(request -> callee.hear(request, nowNanos));
            callee.tick(nowNanos);
            responses.take(nowNanos).forEach(response -> session(new InviteEvent.Responded(response)));
            requests.take(nowNanos).forEach(request -> {
                session(new InviteEvent.Requested(++key, request));
                callee.byeAnswered();
            });
            keys.take(nowNanos).forEach(this::hear);
            ear.wake(nowNanos);
            session(new InviteEvent.Woken());
            decide(new CallMachine.Event.Tick());
        }
        assertThat(reports)
                .filteredOn(CallMachine.Action.ReportEnded.class::isInstance)
                .hasSize(1);
    }

    private void hear(KeyPacket packet) {
        byte[] payload = packet.event().toBytes();
        ear.put(SSRC, packet.timestamp(), ByteBuffer.wrap(payload), 0, payload.length, nowNanos);
    }

    private void decide(CallMachine.Event event) {
        CallMachine.Step step = CallMachine.step(call, event, nowNanos);
        call = step.next();
        for (CallMachine.Action action : step.actions()) {
            reports.add(action);
            if (action instanceof CallMachine.Action.SendInvite) {
                take(InviteMachine.start(setup(), nowNanos));
            }
            if (action instanceof CallMachine.Action.EndSession end) {
                session(new InviteEvent.HangUp(end.cause()));
            }
        }
    }

    private void session(InviteEvent event) {
        take(InviteMachine.step(session, event, nowNanos));
    }

    private void take(Step step) {
        session = step.next();
        for (InviteAction action : step.actions()) {
            switch (action) {
                case InviteAction.Send send -> {
                    out.send(send.request(), nowNanos);
                    session(new InviteEvent.Sent(send.request().transaction()));
                }
                case InviteAction.Withdraw withdraw ->
                    throw new AssertionError("here every request leaves at once: there is nothing to take back");
                case InviteAction.Tell tell -> decide(translated(tell.event()));
                case InviteAction.Reply reply ->
                    assertThat(reply.answer().status()).isIn(200, 481);
                case InviteAction.Release release -> {}
                case InviteAction.Report report -> {}
                case InviteAction.Forget forget -> {}
            }
        }
    }

    private static CallMachine.Event translated(SessionEvent event) {
        return switch (event) {
            case SessionEvent.Invited invited -> new CallMachine.Event.Invited();
            case SessionEvent.Provisional p ->
                new CallMachine.Event.Provisional(p.status(), p.body().isPresent());
            case SessionEvent.Answered answered -> new CallMachine.Event.Answered("PCMU", "");
            case SessionEvent.Ended ended -> new CallMachine.Event.SessionEnded(ended.end());
            case SessionEvent.Confirmed c -> throw new AssertionError(c);
            case SessionEvent.Offered o -> throw new AssertionError(o);
            case SessionEvent.OfferWithdrawn w -> throw new AssertionError(w);
            case SessionEvent.OfferClosed c -> throw new AssertionError(c);
            case SessionEvent.Info i -> throw new AssertionError(i);
            case SessionEvent.TransferProgress t -> throw new AssertionError(t);
        };
    }

    private CallOutcome outcome() {
        return ((CallMachine.State.Over) call).outcome();
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

    /** The first so many ACKs. */
    private static final class FirstAcks implements java.util.function.Predicate<OutboundRequest> {
        private int left;

        FirstAcks(int count) {
            left = count;
        }

        @Override
        public boolean test(OutboundRequest request) {
            return request.request().method().equals("ACK") && left-- > 0;
        }
    }
}
