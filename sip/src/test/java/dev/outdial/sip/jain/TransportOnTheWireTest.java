package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireMessage.Direction;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
@Timeout(60)
class TransportOnTheWireTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final KeepAlive.Terms HASTY = new KeepAlive.Terms(
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.MILLISECONDS.toNanos(200),
            TimeUnit.MILLISECONDS.toNanos(800),
            TimeUnit.HOURS.toNanos(1),
            TimeUnit.MILLISECONDS.toNanos(700));

    private final Ear ear = new Ear();
    private final ScriptedPeer peer = ScriptedPeer.open();
    private final JainTransport transport = open(KeepAlive.Terms.STANDARD, InetAddress.getLoopbackAddress());

    TransportOnTheWireTest() throws IOException {}

    private JainTransport open(KeepAlive.Terms terms, InetAddress local) throws IOException {
        var setup = new Stacks.Setup(Optional.of(local), 0, TlsClient.trusting(Optional.empty()));
        return JainTransport.open(setup, ear, terms);
    }

    @AfterEach
    void close() {
        transport.close();
        peer.close();
    }

    private Hop hop(TransportProtocol protocol) {
        return new Hop(peer.address(), protocol);
    }

    private InetSocketAddress us(TransportProtocol protocol) throws IOException {
        return transport.localAddress(hop(protocol));
    }

    private String options(Wire wire, String callId, String branch) {
        return "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: " + peer.via(wire, branch)
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:b@127.0.0.1>;tag=2\r\nTo: <sip:a@127.0.0.1>\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void theTapSeesEveryMessageAsItIsOnTheWireAndItsTroubleIsItsOwn(TransportProtocol protocol) throws Exception {
        List<WireMessage> seen = new CopyOnWriteArrayList<>();
        transport.tap(message -> {
            seen.add(message);
            throw new AssertionError("a tap's error, on purpose");
        });
        transport.send(Ear.request("OPTIONS", "ours", hop(protocol), 0, "1"));
        Heard options = peer.receive("OPTIONS", SOON);
        if (protocol == TransportProtocol.UDP) peer.receive("OPTIONS", SOON);
        SipMessage ok = peer.reply(options, 200, "b");
        assertThat(Ear.next(ear.responses).status()).isEqualTo(200);
        var wire = Wire.valueOf(protocol.name());
        byte[] asked = options(wire, "theirs", "q").getBytes(StandardCharsets.UTF_8);
        peer.sendRaw(asked, wire, options.source());
        Heard answer = peer.receive(200, SOON);

        int retransmissions = protocol == TransportProtocol.UDP ? 1 : 0;
        assertThat(seen).hasSize(4 + retransmissions);
        WireMessage first = seen.getFirst();
        assertThat(first.direction()).isEqualTo(Direction.SENT);
        assertThat(first.transport()).isEqualTo(protocol);
        assertThat(first.remote()).isEqualTo(peer.address());
        assertThat(first.local()).isEqualTo(options.source());
        assertThat(first.bytes()).isEqualTo(options.message().toBytes());
        assertThat(System.nanoTime() - first.atNanos()).isBetween(0L, TimeUnit.SECONDS.toNanos(30));
        assertThat(seen.get(1 + retransmissions))
                .matches(m -> m.direction() == Direction.RECEIVED)
                .satisfies(m -> assertThat(m.bytes()).isEqualTo(ok.toBytes()));
        assertThat(seen.get(2 + retransmissions).bytes()).isEqualTo(asked);
        assertThat(seen.getLast().bytes()).isEqualTo(answer.message().toBytes());
    }

    @Test
    void anAnsweredRequestIsSoonForgottenAndItsAnswerHeardOnce() throws Exception {
        transport.send(Ear.request("OPTIONS", "ours", hop(TransportProtocol.UDP), 0, "1"));
        Heard first = peer.receive("OPTIONS", SOON);
        peer.reply(first, 200, "b");
        assertThat(Ear.next(ear.responses).branch()).endsWith("1");

        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (transport.statistics().transactions() > 0 && System.nanoTime() - deadlineNanos < 0) Thread.onSpinWait();
        assertThat(transport.statistics().transactions()).isZero();
        peer.reply(first, 200, "b");
        transport.send(Ear.request("OPTIONS", "ours", hop(TransportProtocol.UDP), 0, "2"));
        Heard second = peer.receive("OPTIONS", SOON);
        while (second.message().toString().contains("z9hG4bK1")) second = peer.receive("OPTIONS", SOON);
        peer.reply(second, 200, "b");

        assertThat(Ear.next(ear.responses).branch()).endsWith("2");
    }

    @Test
    void strangersAreAnsweredNothingUnlessItIsAboutACallOfOurs() throws Exception {
        try (var stranger = ScriptedPeer.open(InetAddress.getByName("127.0.0.2"), 0)) {
            ear.known.add("ours");
            transport.trust(Set.of(peer.address().getAddress()));
            stranger.sendRaw(
                    options(Wire.UDP, "theirs", "s1").getBytes(StandardCharsets.UTF_8),
                    Wire.UDP,
                    us(TransportProtocol.UDP));
            stranger.sendRaw(
                    options(Wire.UDP, "ours", "s2").getBytes(StandardCharsets.UTF_8),
                    Wire.UDP,
                    us(TransportProtocol.UDP));
            assertThat(stranger.receive(200, SOON).message().callId()).isEqualTo("ours");
            assertThat(ear.requests).hasSize(1);
            try (var connection = new Socket()) {
                connection.bind(new InetSocketAddress("127.0.0.2", 0));
                connection.connect(us(TransportProtocol.TCP));
                connection.setSoTimeout(5_000);
                // Another node of a trunk may connect to us about a call of ours.
                for (String callId : List.of("theirs", "ours")) {
                    String request = options(Wire.TCP, callId, "c" + callId);
                    connection.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                }
                var reader =
                        new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
                assertThat(reader.readLine()).startsWith("SIP/2.0 200");
                assertThat(ear.requests).hasSize(2);
            }
            assertThat(transport.statistics().strangers()).isEqualTo(2);
            peer.sendRaw(
                    options(Wire.UDP, "theirs", "s3").getBytes(StandardCharsets.UTF_8),
                    Wire.UDP,
                    us(TransportProtocol.UDP));
            peer.receive(200, SOON);
        }
    }

    @Test
    void aLargeRequestLeavesOverTcpAndItsCancelTakesTheSameWay() throws Exception {
        OutboundRequest invite = Ear.request("INVITE", "large", hop(TransportProtocol.UDP), 1_300, "large");
        transport.send(invite);
        Heard heard = peer.receive("INVITE", SOON);
        assertThat(heard.wire()).isEqualTo(Wire.TCP);
        assertThat(heard.message().header("Via").orElseThrow())
                .startsWith("SIP/2.0/TCP 127.0.0.1:" + us(TransportProtocol.TCP).getPort() + ";");
        assertThat(heard.message().header("Contact")).contains("<sip:a@127.0.0.1:5066>");
        assertThat(Ear.next(ear.sent)).isEqualTo(invite.transaction());
        peer.reply(heard, 180, "b");
        assertThat(Ear.next(ear.responses).status()).isEqualTo(180);
        transport.send(Ear.request("CANCEL", "large", hop(TransportProtocol.UDP), 0, "large"));
        Heard cancel = peer.receive("CANCEL", SOON);
        assertThat(cancel.source()).isEqualTo(heard.source());
        assertThat(cancel.message().header("Via")).isEqualTo(heard.message().header("Via"));

        transport.send(Ear.request("OPTIONS", "small", hop(TransportProtocol.UDP), 0, "small"));
        assertThat(peer.receive("OPTIONS", SOON).wire()).isEqualTo(Wire.UDP);
    }

    @ParameterizedTest
    @CsvSource({"0, UDP", "1, TCP"})
    void thirteenHundredBytesLeaveAsADatagramAndOneMoreDoesNot(int more, Wire expected) throws Exception {
        transport.send(Ear.request("OPTIONS", "probe", hop(TransportProtocol.UDP), 1_000, "p"));
        int bytes = peer.receive("OPTIONS", SOON).message().toBytes().length;
        transport.send(Ear.request("OPTIONS", "probe", hop(TransportProtocol.UDP), 1_000 + 1_300 - bytes + more, "q"));
        Heard heard = peer.receive("OPTIONS", h -> h.message().branch().endsWith("q"), SOON);
        assertThat(heard.message().toBytes()).hasSize(1_300 + more);
        assertThat(heard.wire()).isEqualTo(expected);
    }

    @Test
    void whereNoConnectionIsTakenALargeRequestLeavesAsADatagramAfterAll() throws Exception {
        try (var deaf = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            deaf.setSoTimeout(10_000);
            var hop = new Hop((InetSocketAddress) deaf.getLocalSocketAddress(), TransportProtocol.UDP);
            for (int i = 0; i < 3; i++) {
                transport.send(Ear.request("MESSAGE", "large" + i, hop, 1_400, "d" + i));
                var packet = new DatagramPacket(new byte[4_096], 4_096);
                deaf.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                assertThat(text).contains("Call-ID: large" + i).contains("Via: SIP/2.0/UDP ");
            }
            assertThat(ear.failures).isEmpty();
        }
    }

    @Test
    void pingsOfTheFarEndAreAnsweredEvenAsTheFirstThingItSays() throws Exception {
        try (var far = new Socket()) {
            far.connect(us(TransportProtocol.TCP));
            far.setSoTimeout(5_000);
            far.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(far.getInputStream().readNBytes(2)).containsExactly('\r', '\n');
            far.getOutputStream().write(options(Wire.TCP, "x", "x").getBytes(StandardCharsets.UTF_8));
            byte[] status = far.getInputStream().readNBytes("SIP/2.0 200".length());
            assertThat(new String(status, StandardCharsets.UTF_8)).isEqualTo("SIP/2.0 200");
        }
        for (String odd : new String[] {"\r\r\r", "\r", "\n", "\n\n\n\n", "\r\r\n"}) {
            try (var far = new Socket()) {
                far.connect(us(TransportProtocol.TCP));
                far.getOutputStream().write(odd.getBytes(StandardCharsets.US_ASCII));
            }
        }
        peer.sendRaw(options(Wire.TCP, "y", "y").getBytes(StandardCharsets.UTF_8), Wire.TCP, us(TransportProtocol.TCP));
        peer.receive(200, SOON);
    }

    @Test
    void aFarEndThatAnsweredPingsAndStopsIsLeftAndThatIsTold() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var hasty = open(HASTY, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(10_000);
            var hop = new Hop((InetSocketAddress) server.getLocalSocketAddress(), TransportProtocol.TCP);
            hasty.send(Ear.request("OPTIONS", "x", hop, 0, "x"));
            try (Socket far = server.accept()) {
                far.setSoTimeout(10_000);
                assertThat(head(far)).startsWith("OPTIONS");
                assertThat(far.getInputStream().readNBytes(4)).containsExactly('\r', '\n', '\r', '\n');
                far.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(ear.lost).isEmpty();
                assertThat(far.getInputStream().readAllBytes()).isNotEmpty().containsOnly('\r', '\n');
            }
            assertThat(Ear.next(ear.lost)).isEqualTo(hop);
        }
    }

    private static String head(Socket socket) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int b = socket.getInputStream().read();
            assertThat(b).isNotNegative();
            text.append((char) b);
        }
        return text.toString();
    }

    @Test
    void aConnectionThatTheFarEndClosesIsToldLostAndOpenedAgainWhereItIsWanted() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var hasty = open(HASTY, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(10_000);
            var hop = new Hop((InetSocketAddress) server.getLocalSocketAddress(), TransportProtocol.TCP);
            hasty.keepAlive(hop, true);
            for (int i = 0; i < 2; i++) {
                try (Socket far = server.accept()) {
                    far.setSoTimeout(10_000);
                    assertThat(far.getInputStream().readNBytes(8)).containsOnly('\r', '\n');
                    far.getOutputStream()
                            .write(options(Wire.TCP, "in" + i, "in" + i).getBytes(StandardCharsets.UTF_8));
                    assertThat(Ear.next(ear.requests).callId()).isEqualTo("in" + i);
                    String answer;
                    do answer = head(far);
                    while (!answer.strip().startsWith("SIP/2.0 200"));
                    hasty.keepAlive(hop, i == 0);
                }
                assertThat(Ear.next(ear.lost)).isEqualTo(hop);
            }
        }
    }

    @Test
    void aHopOverUdpThatAsksForItIsSentACrlfNowAndThen() throws Exception {
        try (var registrar = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var hasty = open(HASTY, InetAddress.getLoopbackAddress())) {
            registrar.setSoTimeout(10_000);
            var hop = new Hop((InetSocketAddress) registrar.getLocalSocketAddress(), TransportProtocol.UDP);
            hasty.keepAlive(hop, true);
            for (int i = 0; i < 3; i++) {
                var packet = new DatagramPacket(new byte[64], 64);
                registrar.receive(packet);
                assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                        .isEqualTo("\r\n\r\n");
                assertThat(packet.getPort()).isEqualTo(hasty.localAddress(hop).getPort());
            }
        }
    }

    @Test
    void connectionsOfOneSourceAreLimited() throws Exception {
        var sockets = new CopyOnWriteArrayList<Socket>();
        try {
            for (int i = 0; i < 8; i++) {
                var socket = new Socket();
                sockets.add(socket);
                socket.connect(us(TransportProtocol.TCP));
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readNBytes(2)).hasSize(2);
            }
            try (var tooMany = new Socket()) {
                tooMany.connect(us(TransportProtocol.TCP));
                tooMany.setSoTimeout(5_000);
                assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
            }
            sockets.getFirst().close();
            assertThat(Ear.next(ear.lost).transport()).isEqualTo(TransportProtocol.TCP);
            try (var next = new Socket()) {
                next.connect(us(TransportProtocol.TCP));
                next.setSoTimeout(5_000);
                next.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(next.getInputStream().readNBytes(2)).hasSize(2);
            }
        } finally {
            for (Socket socket : sockets) socket.close();
        }
    }

    @Test
    void whoIsNotKnownMayNotKeepAConnectionWithPingsAlone() throws Exception {
        try (var hasty = open(HASTY, InetAddress.getLoopbackAddress());
                var far = new Socket()) {
            far.connect(hasty.localAddress(hop(TransportProtocol.TCP)));
            far.setSoTimeout(10_000);
            far.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(far.getInputStream().readAllBytes()).containsExactly('\r', '\n');

            hasty.trust(Set.of(InetAddress.getLoopbackAddress()));
            try (var trusted = new Socket()) {
                trusted.connect(hasty.localAddress(hop(TransportProtocol.TCP)));
                trusted.setSoTimeout(1_500);
                assertThatThrownBy(() -> trusted.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void hostileMessagesAreNeitherHeardNorTheEndOfAnything(TransportProtocol protocol) throws Exception {
        // Somebody of whom we know nothing may have eight connections at a time, and closing takes a moment.
        transport.trust(Set.of(peer.address().getAddress()));
        var wire = Wire.valueOf(protocol.name());
        String sound = options(wire, "hostile", "hostile").replace("OPTIONS", "MESSAGE");
        String[] hostile = {
            sound.replace("Content-Length: 0", "Content-Length: 2147483648"),
            sound.replace("Content-Length: 0", "Content-Length: 99999999999999999999"),
            sound.replace("Content-Length: 0", "Content-Length: -1"),
            sound.replace("Max-Forwards: 70", "Max-Forwards: 70\r\nX: \u0000"),
            sound.replace("Max-Forwards: 70", "Max-Forwards: 70\r\nX: " + "x".repeat(60_000)),
            sound.replace("Max-Forwards: 70", "Max-Forwards: 70\r\n" + "X: x\r\n".repeat(8_000)),
            "x".repeat(65_000),
            "\u0000".repeat(65_000),
            "\r".repeat(65_000)
        };
        for (String message : hostile) {
            byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
            if (protocol == TransportProtocol.UDP) {
                peer.sendRaw(bytes, wire, us(protocol));
            } else {
                try (var far = new Socket()) {
                    far.connect(us(protocol));
                    far.getOutputStream().write(bytes);
                } catch (SocketException cutWhileWriting) {
                    continue;
                }
            }
        }
        peer.sendRaw(options(wire, "after", "after").getBytes(StandardCharsets.UTF_8), wire, us(protocol));
        assertThat(peer.receive(200, SOON).message().callId()).isEqualTo("after");
        assertThat(ear.requests).extracting(r -> r.callId()).containsExactly("after");
    }

    @Test
    void aMessageThatOnlyBeganIsNeverTakenForAWholeOne() throws Exception {
        ear.known.add("ours");
        try (var far = new Socket()) {
            far.connect(us(TransportProtocol.TCP));
            String bye = options(Wire.TCP, "ours", "cut").replace("OPTIONS", "BYE");
            far.getOutputStream().write(bye.substring(0, bye.length() - 2).getBytes(StandardCharsets.UTF_8));
        }
        peer.sendRaw(options(Wire.TCP, "y", "y").getBytes(StandardCharsets.UTF_8), Wire.TCP, us(TransportProtocol.TCP));
        peer.receive(200, SOON);
        assertThat(ear.requests).extracting(r -> r.method()).containsExactly("OPTIONS");
    }

    @Test
    void theBodyOfAMessageThatMakesNoSenseIsNotTakenForTheNextMessage() throws Exception {
        String smuggled = options(Wire.TCP, "smuggled", "smuggled");
        String senseless = "INVITE sip:x SIP/2.0\r\nVia: nonsense\r\nFrom: ;;;\r\nl: " + smuggled.length() + "\r\n\r\n";
        peer.sendRaw(
                (senseless + smuggled + options(Wire.TCP, "next", "next")).getBytes(StandardCharsets.UTF_8),
                Wire.TCP,
                us(TransportProtocol.TCP));
        peer.receive(200, SOON);
        assertThat(ear.requests).extracting(r -> r.callId()).containsExactly("next");
    }

    @Test
    void socketsAreMarkedAsSignallingAndAPortIsNotShared() throws Exception {
        try (var network = new GuardedNetworkLayer(new Connections(
                        new dev.outdial.sip.jain.Wire(
                                new Gate(callId -> false, System::nanoTime), new WireWatch(), HASTY),
                        lost -> {}))
                .createDatagramSocket()) {
            assertThat(network.getTrafficClass()).isEqualTo(24 << 2);
            assertThat(network.getReuseAddress()).isFalse();
        }
        transport.send(Ear.request("OPTIONS", "tcp", hop(TransportProtocol.TCP), 0, "tcp"));
        peer.receive("OPTIONS", SOON);
        for (Connection connection :
                transport.stacks().plain().sockets().connections().all())
            assertThat(connection.socket().getTrafficClass()).isEqualTo(24 << 2);
        assertThat(transport.stacks().plain().sockets().connections().all()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportProtocol.class,
            names = {"UDP", "TCP"})
    void ipv6IsWrittenInBrackets(TransportProtocol protocol) throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        try (var probe = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            assertThat(probe.isBound()).isTrue();
        } catch (IOException e) {
            assumeTrue(false, "this machine has no IPv6");
        }
        try (var six = open(KeepAlive.Terms.STANDARD, loopback);
                var far = ScriptedPeer.open(loopback, 0)) {
            var hop = new Hop(far.address(), protocol);
            six.send(Ear.request("OPTIONS", "six", hop, 0, "six"));
            Heard options = far.receive("OPTIONS", SOON);
            assertThat(options.message().header("Via").orElseThrow())
                    .contains(" [0:0:0:0:0:0:0:1]:" + six.localAddress(hop).getPort() + ";");
            far.reply(options, 200, "b");
            assertThat(Ear.next(ear.responses).status()).isEqualTo(200);
            var wire = Wire.valueOf(protocol.name());
            far.sendRaw(
                    options(wire, "back", "back")
                            .replace(peer.hostPort(), far.hostPort())
                            .getBytes(StandardCharsets.UTF_8),
                    wire,
                    options.source());
            assertThat(far.receive(200, SOON).message().callId()).isEqualTo("back");
        }
    }
}
