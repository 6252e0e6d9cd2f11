package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.incoming.IncomingSetup;
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
import dev.outdial.sip.nat.AddressPolicy;
import dev.outdial.sip.registration.ContactUser;
import dev.outdial.sip.registration.Registrar;
import dev.outdial.sip.registration.RegistrationSetup;
import dev.outdial.sip.session.InviteOptions;
import dev.outdial.sip.session.SessionSetup;
import dev.outdial.sip.session.Way;
import dev.outdial.sip.transport.Responder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left of a call or a registration after a fault of ours. */
class FaultTest {
    private static final Hop HOP = new Hop(new InetSocketAddress("192.0.2.1", 5060), TransportProtocol.UDP);
    private static final SipUri CONTACT = SipUri.parse("sip:1000@192.0.2.9:40000");
    private static final MessageBody SDP = MessageBody.ofText(MessageBody.SDP, "v=0");

    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    private final FakeTransport transport = new FakeTransport();
    private final Words words = new Words();
    private final Switchboard switchboard = new Switchboard(words);
    private final List<SessionEvent> told = new ArrayList<>();

    @AfterEach
    void stopTheClock() {
        clock.shutdownNow();
    }

    @Test
    void aCallThatRingsIsCanceled() {
        InviteRunner runner = calling();
        runner.responded(response(transport.sent.getFirst(), 180));
        assertThat(transport.methods()).containsExactly("INVITE", "CANCEL");
        assertThat(told.getLast()).isInstanceOf(SessionEvent.Ended.class);
        runner.hangUp(OptionalInt.empty());
        assertThat(transport.methods()).containsExactly("INVITE", "CANCEL");
    }

    @Test
    void aCallThatWasAnsweredIsHungUp() {
        InviteRunner runner = calling();
        runner.responded(response(transport.sent.getFirst(), 200));
        assertThat(transport.methods()).contains("BYE");
        assertThat(told.getLast()).isInstanceOf(SessionEvent.Ended.class);
    }

    private InviteRunner calling() {
        var setup = new SessionSetup(
                "call-1",
                SipUri.of("1000", "example.com"),
                Optional.empty(),
                Optional.empty(),
                SipUri.of("2000", "example.com"),
                List.of(new Way(HOP, CONTACT)),
                "Outdial/test",
                SDP,
                List.of(),
                InviteOptions.USUAL,
                new Tokens("us", "b", "c"));
        var runner = new InviteRunner(setup, Runnable::run, told::add, transport, switchboard, clock, report -> {
            throw new IllegalStateException("a fault on the way");
        });
        runner.start();
        return runner;
    }

    private static SipResponse response(OutboundRequest request, int status) {
        Headers asked = request.request().headers();
        Headers headers = Headers.of(
                "From",
                asked.first("From").orElseThrow(),
                "To",
                asked.first("To").orElseThrow() + ";tag=t",
                "Call-ID",
                "call-1",
                "CSeq",
                asked.first("CSeq").orElseThrow(),
                "Contact",
                "<sip:2000@192.0.2.1:5060>");
        return new SipResponse(
                status, "Reason", request.branch(), headers, status == 200 ? Optional.of(SDP) : Optional.empty());
    }

    @Test
    void aCallToUsThatNobodyDecidedAboutIsAnswered500() {
        var answered = new ArrayList<Integer>();
        var responder = new Responder() {
            @Override
            public Hop source() {
                return HOP;
            }

            @Override
            public void answer(SipAnswer answer) {
                if (answer.status() == 183) throw new IllegalStateException("a fault on the way");
                answered.add(answer.status());
            }
        };
        var invite = new SipRequest(
                "INVITE",
                "sip:1000@192.0.2.9:40000",
                Headers.of(
                        "From",
                        "<sip:2000@example.com>;tag=caller",
                        "To",
                        "<sip:1000@example.com>",
                        "Call-ID",
                        "call-1",
                        "CSeq",
                        "7 INVITE",
                        "Contact",
                        "<sip:2000@192.0.2.1:5062>"),
                Optional.of(SDP));
        var setup = new IncomingSetup(
                invite, "z9hG4bKi", HOP, CONTACT, "Outdial/test", new Tokens("us", "b", "c"), Set.of());
        var reception = new Reception(transport, clock, words, "Outdial/test", (i, r) -> CONTACT);
        var runner = new IncomingRunner(setup, responder, reception);
        runner.start();
        runner.take(Runnable::run, told::add, Optional.empty());
        runner.ring(183, Optional.empty());
        assertThat(answered).containsExactly(100, 500);
        assertThat(told.getLast()).isInstanceOf(SessionEvent.Ended.class);
    }

    @Test
    void aRegistrationIsWokenAgain() {
        var contact = ContactUser.unique("1000", "aaaaaaaa", 1);
        var setup = new RegistrationSetup(
                "reg-1",
                SipUri.parse("sip:1000@example.com"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(new Registrar(HOP, CONTACT)),
                contact,
                "Outdial/test",
                Duration.ofMinutes(10),
                new Tokens("us", "b", "c"));
        var addresses = new Addresses(new AddressPolicy.Local(), transport);
        transport.faulty = true;
        new RegistrationRunner(
                        setup,
                        Runnable::run,
                        event -> {},
                        transport,
                        addresses,
                        new KeepAlives(transport, addresses),
                        switchboard,
                        clock)
                .start();
        assertThat(clock.getQueue()).hasSize(1);
    }

    @Test
    void whatFailedAtItsDeadlineIsTriedAgainInAWhile() {
        long now = Long.MAX_VALUE - 5;
        long later = now + TimeUnit.SECONDS.toNanos(30);
        assertThat(RegistrationRunner.afterFault(OptionalLong.of(now), now)).hasValue(later);
        assertThat(RegistrationRunner.afterFault(OptionalLong.of(now - 7), now)).hasValue(later);
        assertThat(RegistrationRunner.afterFault(OptionalLong.of(now + 9), now)).hasValue(now + 9);
        assertThat(RegistrationRunner.afterFault(OptionalLong.empty(), now)).isEmpty();
    }
}
