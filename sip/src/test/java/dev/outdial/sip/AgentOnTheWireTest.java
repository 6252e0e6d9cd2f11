package dev.outdial.sip;

import static dev.outdial.sip.Bench.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.message.Replies;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AgentOnTheWireTest {
    @Test
    void anErrorInAListenerOrMailboxDoesNotMakeTheStackDeaf() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.agent.invite(bench.request(bench.account()), bench.mailbox, event -> {
                throw new AssertionError("a listener's error, on purpose");
            });
            Heard invite = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(invite, 180, "a");
            bench.peer.answer(invite, "a", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);

            bench.agent.invite(
                    bench.request(bench.account()),
                    task -> {
                        if (!Thread.currentThread().getName().equals("main"))
                            throw new AssertionError("a mailbox's error, on purpose");
                    },
                    event -> {});
            Heard second = bench.peer.receive("INVITE", SOON);
            bench.peer.reply(second, 180, "b");
            bench.peer.answer(second, "b", Bench.ANSWER);

            bench.call();
            Heard third = bench.peer.receive("INVITE", SOON);
            bench.peer.answer(third, "c", Bench.ANSWER);
            assertThat(bench.peer.receive("ACK", SOON).message().toTag()).isEqualTo("c");
        }
    }

    @Test
    void garbageAndItsAnswersDoNotDisturb() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            for (String garbage : new String[] {
                "\r\n\r\n",
                "garbage",
                "SIP/2.0 200\r\n\r\n",
                "INVITE sip:x SIP/2.0\r\nVia: nonsense\r\n\r\n",
                """
                OPTIONS sip:x@y SIP/2.0
                Via: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKx
                From: <sip:a@b>;tag=1
                To: <sip:x@y>
                Call-ID: odd
                CSeq: 1 OPTIONS
                Max-Forwards: 70
                Content-Length: 0

                """.replace("\n", "\r\n"),
                "INVITE sip:x@y SIP/2.0\r\nFrom: \"\u0000\u0001\r\n\r\n",
                """
                SIP/2.0 099 Odd
                Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx
                From: <sip:a@b>;tag=1
                To: <sip:x@y>;tag=2
                Call-ID: odd
                CSeq: 1 INVITE
                Content-Length: 0

                """.replace("\n", "\r\n"),
                "x".repeat(60_000)
            }) {
                bench.peer.sendRaw(garbage.getBytes(StandardCharsets.UTF_8), invite.wire(), invite.source());
            }
            bench.peer.answer(invite, "callee", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);
            assertThat(bench.peer.heard()).noneMatch(h -> h.message().status() == 400);
            assertThat(bench.agent.statistics().unreadable()).isEqualTo(1);
            assertThat(bench.agent.statistics().dropped()).isPositive();
        }
    }

    @Test
    void hostileConnectionsDoNotDeafenTheTransport() throws Exception {
        try (var bench = new Bench(TransportProtocol.TCP)) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            SipMessage ok = bench.peer.answer(invite, "callee", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);
            int port =
                    SipUri.parse(invite.message().contact().orElseThrow().uri()).portOrDefault();
            String head =
                    "OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\n";
            for (String attack : new String[] {
                "\r\r\r",
                head + "Content-Length: 2147483647\r\n\r\nx",
                head + "Content-Length: -1\r\n\r\n",
                head + "X: " + "y".repeat(200_000),
                "\u0000".repeat(50_000),
                head
            }) {
                var hostile = new Socket(InetAddress.getLoopbackAddress(), port);
                try {
                    hostile.getOutputStream().write(attack.getBytes(StandardCharsets.UTF_8));
                } catch (SocketException cutWhileWriting) {
                    continue;
                }
                if (!attack.equals(head)) hostile.close();
            }
            bench.peer.send(bench.peer.requestWithin(invite, ok, "OPTIONS", 1).build(), invite);
            bench.peer.receive(200, SOON);
            try (var good = new Socket(InetAddress.getLoopbackAddress(), port)) {
                good.setSoTimeout(5_000);
                String options = head + "To: <sip:x@y>\r\nCall-ID: good\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n"
                        + "Content-Length: 0\r\n\r\n";
                good.getOutputStream()
                        .write(options.replace("127.0.0.1;", "127.0.0.1:" + good.getLocalPort() + ";rport;")
                                .getBytes(StandardCharsets.UTF_8));
                byte[] status = good.getInputStream().readNBytes("SIP/2.0 200".length());
                assertThat(new String(status, StandardCharsets.UTF_8)).isEqualTo("SIP/2.0 200");
            }
        }
    }

    @Test
    void aConnectionThatTheFarEndClosedIsOpenedAgainForTheBye() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (var bench = new Bench(TransportProtocol.TCP);
                var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(5_000);
            var hop = new Hop((InetSocketAddress) server.getLocalSocketAddress(), TransportProtocol.TCP);
            InviteRequest plain = bench.request(bench.account());
            var request = new InviteRequest(
                    plain.callId(), plain.account(), plain.target(), hop, plain.offer(), plain.headers());
            InviteSession session = bench.agent.invite(request, bench.mailbox, bench.sessionEvents::add);
            try (Socket first = server.accept()) {
                SipMessage invite = read(first);
                SipMessage ok = Replies.to(invite, 200, "callee")
                        .header("Contact", "<sip:callee@127.0.0.1:" + server.getLocalPort() + ";transport=tcp>")
                        .build();
                first.getOutputStream().write(ok.toBytes());
                bench.next(SessionEvent.Invited.class);
                bench.next(SessionEvent.Answered.class);
                assertThat(read(first).method()).isEqualTo("ACK");
                // What is written before the agent has noticed is lost, as with any TCP.
                first.shutdownOutput();
                for (Thread thread : newThreads(before)) {
                    if (thread.getName().startsWith("TCPMessageChannelThread")) thread.join(5_000);
                }
            }
            session.hangUp(OptionalInt.empty());
            try (Socket second = server.accept()) {
                SipMessage bye = read(second);
                assertThat(bye.method()).isEqualTo("BYE");
                second.getOutputStream().write(Replies.to(bye, 200).build().toBytes());
                assertThat(bench.next(SessionEvent.Ended.class).end().answered())
                        .isTrue();
            }
        }
    }

    private static SipMessage read(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int b = socket.getInputStream().read();
            assertThat(b).isNotNegative();
            text.append((char) b);
        }
        int at = text.indexOf("Content-Length:") + "Content-Length:".length();
        int length =
                Integer.parseInt(text.substring(at, text.indexOf("\r\n", at)).strip());
        text.append(new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8));
        return SipMessage.parse(text.toString()).orElseThrow();
    }

    @Test
    void anInviteFromAStrangerIsRefusedWithTheSameTagEachTimeItComes() throws Exception {
        try (var bench = new Bench(TransportProtocol.UDP)) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            var stranger = SipMessage.request("INVITE", "sip:x@127.0.0.1")
                    .header("Via", bench.peer.via(invite.wire(), "s1"))
                    .header("Max-Forwards", "70")
                    .header("From", "<sip:x@127.0.0.1>;tag=1")
                    .header("To", "<sip:outdial@127.0.0.1>")
                    .header("Call-ID", "scan")
                    .header("CSeq", "1 INVITE")
                    .header("Contact", bench.peer.contact(invite.wire()))
                    .build();
            bench.peer.send(stranger, invite);
            SipMessage refusal = bench.peer.receive(480, SOON).message();
            assertThat(refusal.callId()).isEqualTo("scan");
            bench.peer.send(stranger, invite);
            assertThat(bench.peer.receive(480, SOON).message().toTag())
                    .isNotEmpty()
                    .isEqualTo(refusal.toTag());
        }
    }

    @Test
    void closingEndsRunningSessionsAndLeavesNoThreadAndNoPort() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        InetSocketAddress local;
        var events = new LinkedBlockingQueue<SessionEvent>();
        for (TransportProtocol transport : new TransportProtocol[] {TransportProtocol.UDP, TransportProtocol.TCP}) {
            var bench = new Bench(transport);
            bench.agent.invite(bench.request(bench.account()), bench.mailbox, events::add);
            Heard invite = bench.peer.receive("INVITE", SOON);
            bench.peer.answer(invite, "callee", Bench.ANSWER);
            local = bench.peer.receive("ACK", SOON).source();
            assertThat(events.poll(5, TimeUnit.SECONDS)).isInstanceOf(SessionEvent.Invited.class);
            assertThat(events.poll(5, TimeUnit.SECONDS)).isInstanceOf(SessionEvent.Answered.class);
            long startNanos = System.nanoTime();
            bench.agent.close();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos))
                    .isLessThan(1_500);
            assertThat(events.poll(5, TimeUnit.SECONDS)).isInstanceOf(SessionEvent.Ended.class);
            bench.close();
            if (transport == TransportProtocol.UDP) new DatagramSocket(local).close();
        }
        for (Thread thread : newThreads(before)) {
            if (thread.getName().startsWith("CompletableFutureDelay")) continue;
            thread.join(5_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void closingRightAfterOpeningLeavesNoThread() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int i = 0; i < 40; i++)
            UserAgent.open(new UserAgentConfig(Optional.of("127.0.0.1"), 0, "Test"))
                    .close();
        for (Thread thread : newThreads(before)) {
            thread.join(5_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void noThreadOfAnOpenAgentKeepsTheJvmAlive() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (var bench = new Bench(TransportProtocol.TCP)) {
            bench.call();
            Heard invite = bench.peer.receive("INVITE", SOON);
            bench.peer.answer(invite, "callee", Bench.ANSWER);
            bench.peer.receive("ACK", SOON);
            for (Thread thread : newThreads(before)) {
                // jain-sip's event scanner is no daemon; it was told to stop.
                if (thread.getName().equals("EventScannerThread")) thread.join(5_000);
                assertThat(thread.isDaemon() || !thread.isAlive())
                        .as(thread.getName())
                        .isTrue();
            }
        }
    }

    @Test
    void aTakenPortAndAnUnknownHostAreToldInASentence() throws Exception {
        try (var taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            var config = new UserAgentConfig(Optional.of("127.0.0.1"), taken.getLocalPort(), "Test");
            assertThatThrownBy(() -> UserAgent.open(config))
                    .isInstanceOf(SipException.class)
                    .hasMessage("cannot listen on UDP 127.0.0.1:" + taken.getLocalPort() + ": another program uses it");
        }
        assertThatThrownBy(() -> UserAgent.open(new UserAgentConfig(Optional.of("192.0.2.1"), 5060, "Test")))
                .isInstanceOf(SipException.class)
                .hasMessageContaining("cannot listen on UDP 192.0.2.1:5060");
        try (var agent = UserAgent.open(UserAgentConfig.of("Test"))) {
            assertThatThrownBy(() -> first(agent, "sip:x@host.invalid"))
                    .hasCauseInstanceOf(SipException.class)
                    .cause()
                    .hasMessage("cannot resolve host 'host.invalid': no such name");
            assertThat(first(agent, "sips:x@127.0.0.1").toString()).isEqualTo("tls:127.0.0.1:5061");
            assertThat(first(agent, "sip:x@LOCALHOST;transport=tls").verifiedName())
                    .contains("localhost");
            assertThat(first(agent, "sip:x@127.0.0.1;transport=tcp").toString()).isEqualTo("tcp:127.0.0.1:5060");
            assertThat(agent.localAddressFor(first(agent, "sip:127.0.0.1")))
                    .isEqualTo(InetAddress.getLoopbackAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void aWildcardIsNoLocalAddress(String wildcard) {
        var config = new UserAgentConfig(Optional.of(wildcard), 0, "Test");
        assertThatThrownBy(() -> UserAgent.open(config))
                .isInstanceOf(SipException.class)
                .hasMessageContaining("cannot use " + wildcard + " as the local address");
    }

    private static Hop first(UserAgent agent, String uri) throws Exception {
        return agent.locate(SipUri.parse(uri))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .getFirst();
    }

    private static Set<Thread> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .collect(Collectors.toSet());
    }
}
