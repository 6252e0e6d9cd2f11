package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.event.SessionEvent.Invited;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.nat.AddressPolicy;
import dev.outdial.sip.registration.RegistrationEvent;
import dev.outdial.sip.registration.RegistrationEvent.Refused;
import dev.outdial.sip.registration.RegistrationEvent.Registered;
import dev.outdial.sip.registration.RegistrationEvent.Unreachable;
import dev.outdial.sip.registration.RegistrationEvent.Unregistered;
import dev.outdial.sip.registration.RegistrationStatus;
import dev.outdial.testbed.message.DigestAlgorithm;
import dev.outdial.testbed.message.DigestCredentials;
import dev.outdial.testbed.message.Replies;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RegistrarsOnTheWireTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void threeRegistrationsAtOnceHearTheirOwnEventsOnly() throws Exception {
        try (var good = ScriptedPeer.open();
                var strict = ScriptedPeer.open();
                var bench = new Bench(TransportProtocol.UDP)) {
            Hop closed = new Hop(bench.peer.address(), TransportProtocol.TCP);
            bench.peer.close();
            good.replyAlways("REGISTER", 200);
            strict.replyAlways("REGISTER", 404);
            var first = new LinkedBlockingQueue<RegistrationEvent>();
            var second = new LinkedBlockingQueue<RegistrationEvent>();
            var third = new LinkedBlockingQueue<RegistrationEvent>();
            Registration one = register(bench, first, new Hop(good.address(), TransportProtocol.UDP));
            Registration two = register(bench, second, new Hop(strict.address(), TransportProtocol.TCP));
            Registration three = register(bench, third, closed);

            assertThat(next(first)).isInstanceOf(Registered.class);
            assertThat(next(second)).isEqualTo(new Refused(404, "Not Found", false));
            assertThat(next(third)).isInstanceOf(Unreachable.class);
            assertThat(List.of(one.contactUser(), two.contactUser(), three.contactUser()))
                    .doesNotHaveDuplicates()
                    .allMatch(user -> user.startsWith("1000-"));
            assertThat(one.state()).isInstanceOf(RegistrationStatus.Registered.class);
            assertThat(two.state()).isEqualTo(new RegistrationStatus.Retrying(OptionalInt.of(404), "Not Found"));
            assertThat(three.state()).isInstanceOf(RegistrationStatus.Retrying.class);

            for (Registration each : List.of(one, two, three))
                each.unregister().toCompletableFuture().get(6, TimeUnit.SECONDS);
            for (var events : List.of(first, second, third)) {
                assertThat(next(events)).isEqualTo(new Unregistered());
                assertThat(events).isEmpty();
            }
            assertThat(good.countOf("REGISTER")).isEqualTo(2);
            assertThat(strict.countOf("REGISTER")).isEqualTo(1);
        }
    }

    @Test
    void theNextRegistrarIsAskedWhereOneIsNotThereAndAnotherIsBusy() throws Exception {
        try (var busy = ScriptedPeer.open();
                var good = ScriptedPeer.open();
                var bench = new Bench(TransportProtocol.TCP)) {
            bench.peer.close();
            busy.replyAlways("REGISTER", 503);
            good.replyAlways("REGISTER", 200);
            register(
                    bench,
                    bench.registrationEvents,
                    bench.hop(),
                    new Hop(busy.address(), TransportProtocol.UDP),
                    new Hop(good.address(), TransportProtocol.TCP));
            bench.nextOf(Registered.class);
            assertThat(busy.receive("REGISTER", SOON)
                            .message()
                            .header("Contact")
                            .orElseThrow())
                    .doesNotContain("transport=");
            assertThat(good.receive("REGISTER", SOON)
                            .message()
                            .header("Contact")
                            .orElseThrow())
                    .contains(";transport=tcp");
        }
    }

    @Test
    void theAddressThatAChallengeShowsIsBoundAndUsedForCalls() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            Registration registration = bench.register(bench.account());
            Heard first = bench.peer.receive("REGISTER", SOON);
            String local =
                    "@127.0.0.1:" + bench.agent.contactAddress(bench.hop()).getPort();
            assertThat(contact(first)).contains(registration.contactUser() + local);
            replySeenAs(bench, first, "127.0.0.2", 61_000, 401);

            Heard second = bench.peer.receive("REGISTER", SOON);
            String bound = "<sip:" + registration.contactUser() + "@127.0.0.2:61000>;expires=600";
            assertThat(second.message().values("Contact")).containsExactly(bound);
            replySeenAs(bench, second, "127.0.0.2", 61_000, 200);
            bench.nextOf(Registered.class);

            var seen = new InetSocketAddress("127.0.0.2", 61_000);
            assertThat(bench.agent.contactAddress(bench.hop())).isEqualTo(seen);
            assertThat(bench.agent.mediaAddressFor(bench.hop())).isEqualTo(seen.getAddress());
            assertThat(bench.agent.publicAddressFor(bench.hop())).contains(seen.getAddress());
            assertThat(bench.agent.localAddressFor(bench.hop())).isEqualTo(InetAddress.getByName("127.0.0.1"));
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            assertThat(contact(invite)).contains("@127.0.0.2:61000");
            bench.next(Invited.class);
            bench.peer.reply(invite, 486, "busy");
        }
    }

    @Test
    void anAddressThatOnlyTheAnswerShowsIsBoundAtOnceAndTheOldOneRemoved() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.register(bench.account());
            Heard first = bench.peer.receive("REGISTER", SOON);
            replySeenAs(bench, first, "127.0.0.2", 61_000, 200);
            bench.nextOf(Registered.class);
            Heard second = bench.peer.receive("REGISTER", SOON);
            assertThat(second.message().values("Contact")).hasSize(2);
            assertThat(second.message().values("Contact").get(0)).contains("@127.0.0.2:61000>;expires=600");
            assertThat(second.message().values("Contact").get(1))
                    .isEqualTo(contact(first).replace("expires=600", "expires=0"));
            // A NAT that gives every packet another port is not followed.
            replySeenAs(bench, second, "127.0.0.2", 61_001, 200);
            bench.nextOf(Registered.class);
            assertThat(bench.peer.hearsNo(h -> h.message().isRequest("REGISTER"), Duration.ofMillis(300)))
                    .isTrue();
        }
    }

    @Test
    void aConfiguredAddressStandsInEveryContact() throws Exception {
        var fixed = new AddressPolicy.Fixed(InetAddress.getByName("198.51.100.9"), OptionalInt.of(7000));
        var config = UserAgentConfig.of("Outdial-Test").withPublicAddress(fixed);
        try (var bench = new Bench(ScriptedPeer.open(), config, TransportProtocol.TCP)) {
            bench.register(bench.account());
            Heard register = bench.peer.receive("REGISTER", SOON);
            assertThat(contact(register)).contains("@198.51.100.9:7000;transport=tcp>");
            replySeenAs(bench, register, "127.0.0.2", 61_000, 200);
            bench.nextOf(Registered.class);
            bench.agent.options(SipUri.parse("sip:127.0.0.1"), bench.hop());
            assertThat(contact(bench.peer.receive("OPTIONS", SOON))).contains("@198.51.100.9:7000");
            assertThat(bench.agent.mediaAddressFor(bench.hop())).isEqualTo(fixed.address());
            assertThat(bench.agent.publicAddressFor(bench.hop())).contains(fixed.address());
        }
    }

    @Test
    void aPolicyOfTheLocalAddressLearnsNothing() throws Exception {
        var config = UserAgentConfig.of("Outdial-Test").withPublicAddress(new AddressPolicy.Local());
        try (var bench = new Bench(ScriptedPeer.open(), config, TransportProtocol.UDP)) {
            bench.register(bench.account());
            replySeenAs(bench, bench.peer.receive("REGISTER", SOON), "127.0.0.2", 61_000, 200);
            bench.nextOf(Registered.class);
            bench.settle();
            assertThat(bench.agent.contactAddress(bench.hop()).getAddress())
                    .isEqualTo(InetAddress.getByName("127.0.0.1"));
            assertThat(bench.peer.countOf("REGISTER")).isEqualTo(1);
        }
    }

    @Test
    void serviceRoutesStaleContactsAndTheNextNonceComeThroughTheStack() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            Registration registration = bench.register(bench.account());
            CallOnTheWireTest.challenge(bench, bench.peer.receive("REGISTER", SOON), 401, DigestAlgorithm.SHA_256);
            // Not the first one once more, which a slow machine sends again.
            Heard second = bench.peer.receive(
                    "REGISTER with credentials",
                    heard -> heard.message().isRequest("REGISTER")
                            && heard.message().header("Authorization").isPresent(),
                    SOON);
            String stale = "sip:" + registration.contactUser() + "@127.0.0.1:1";
            bench.peer.reply(
                    second,
                    200,
                    "r",
                    b -> b.replace("Contact", contact(second))
                            .header("Contact", "<" + stale + ">;expires=90, <sip:1000@127.0.0.1:2>;expires=90")
                            .header("Service-Route", "<sip:p1.example.com;lr>, <sip:p2.example.com;lr>;x=1")
                            .header("Authentication-Info", "nextnonce=\"the next one\""));
            assertThat(bench.nextOf(Registered.class).serviceRoutes())
                    .containsExactly("<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>;x=1");

            Heard third = bench.peer.receive("REGISTER", SOON);
            assertThat(third.message().values("Contact")).containsExactly("<" + stale + ">;expires=0");
            DigestCredentials credentials = credentials(third, "Authorization");
            assertThat(credentials.nonce()).isEqualTo("the next one");
            assertThat(credentials.nonceCount()).isEqualTo("00000001");
            assertThat(credentials.provesPassword(Bench.PASSWORD, "REGISTER")).isTrue();
            bench.peer.reply(third, 200, "r");
            assertThat(bench.peer.hearsNo(h -> h.message().isRequest("REGISTER"), Duration.ofMillis(300)))
                    .isTrue();
        }
    }

    @Test
    void oddCharactersInUserAndPasswordComeThroughTheStack() throws Exception {
        String user = "j\u00fcrgen \"the\\boss\"";
        String password = "p\u00e4\u00df:\"w\\o\"rd \u20ac";
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.register(new Account(
                    SipUri.parse("sip:1000@127.0.0.1"), Optional.of(Credentials.of(user, password)), Optional.empty()));
            CallOnTheWireTest.challenge(bench, bench.peer.receive("REGISTER", SOON), 401, DigestAlgorithm.MD5);
            DigestCredentials credentials = credentials(bench.peer.receive("REGISTER", SOON), "Authorization");
            assertThat(credentials.user()).isEqualTo(user);
            assertThat(credentials.provesPassword(password, "REGISTER")).isTrue();
        }
    }

    @Test
    void optionsAnswersAChallengeAndGoesOnToTheNextHop() throws Exception {
        try (var there = ScriptedPeer.open();
                var bench = new Bench(TransportProtocol.TCP)) {
            bench.peer.close();
            var hops = List.of(bench.hop(), new Hop(there.address(), TransportProtocol.UDP));
            var status = bench.agent
                    .options(SipUri.parse("sip:127.0.0.1"), hops, Optional.of(bench.account()))
                    .toCompletableFuture();
            Heard first = there.receive("OPTIONS", SOON);
            there.reply(
                    first,
                    407,
                    "c",
                    b -> b.header("Proxy-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\""));
            Heard second = there.receive("OPTIONS", SOON);
            assertThat(credentials(second, "Proxy-Authorization").provesPassword(Bench.PASSWORD, "OPTIONS"))
                    .isTrue();
            there.reply(second, 200, "c");
            assertThat(status.get(5, TimeUnit.SECONDS)).isEqualTo(200);

            there.replyAlways("OPTIONS", 503);
            var busy = bench.agent
                    .options(SipUri.parse("sip:127.0.0.1"), hops, Optional.empty())
                    .toCompletableFuture();
            assertThat(busy.get(5, TimeUnit.SECONDS)).isEqualTo(503);
        }
    }

    private static Registration register(Bench bench, BlockingQueue<RegistrationEvent> events, Hop... registrars) {
        var request = new RegisterRequest(bench.account(), List.of(registrars), TEN_MINUTES);
        return bench.agent.register(request, bench.mailbox, events::add);
    }

    private static RegistrationEvent next(BlockingQueue<RegistrationEvent> events) throws InterruptedException {
        RegistrationEvent event = events.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(event).isNotNull();
        return event;
    }

    /** Answers as a far end beyond a NAT does: with the Via completed (RFC 3581). */
    private static void replySeenAs(Bench bench, Heard request, String address, int port, int status) {
        String via = request.message().header("Via").orElseThrow();
        var reply = Replies.to(request.message(), status, "r")
                .replace("Via", via.replace(";rport", ";rport=" + port + ";received=" + address));
        if (status == 401) reply.header("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"");
        else reply.header("Contact", contact(request));
        bench.peer.send(reply.build(), request);
    }

    private static String contact(Heard request) {
        return request.message().header("Contact").orElseThrow();
    }

    private static DigestCredentials credentials(Heard request, String header) {
        return DigestCredentials.parse(request.message().header(header).orElseThrow())
                .orElseThrow();
    }
}
