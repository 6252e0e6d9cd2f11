package dev.outdial.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.message.MessageStream;
import dev.outdial.testbed.message.SipMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of RFC 4475 and RFC 5118 come over UDP and TCP: nothing dies, what is valid is answered, what is not is not agreed to. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TortureTest {
    private static final int QUIET_MILLIS = 50;

    private UserAgent agent;
    private InetSocketAddress us;
    private DatagramSocket udp;
    private int serial;

    @BeforeAll
    void open() throws Exception {
        // The answer to a request without rport goes to port 5060 of its source: one of the many addresses of loopback
        // has that port free.
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] address = {127, (byte) random.nextInt(1, 255), (byte) random.nextInt(1, 255), 7};
        udp = bound(InetAddress.getByAddress(address));
        udp.setSoTimeout(5_000);
        us = freePort();
        agent = UserAgent.open(new UserAgentConfig(Optional.of("127.0.0.1"), us.getPort(), "Test"));
        agent.listenTo(List.of(new Hop((InetSocketAddress) udp.getLocalSocketAddress(), TransportProtocol.UDP)));
        // Opens the TCP port.
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var hop = new Hop((InetSocketAddress) server.getLocalSocketAddress(), TransportProtocol.TCP);
            agent.options(SipUri.parse("sip:x@127.0.0.1"), hop);
        }
    }

    private static DatagramSocket bound(InetAddress address) {
        try {
            return new DatagramSocket(new InetSocketAddress(address, 5060));
        } catch (SocketException e) {
            return Assumptions.abort("this machine has one loopback address only: " + e.getMessage());
        }
    }

    private static InetSocketAddress freePort() throws IOException {
        while (true) {
            try (var udp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    var tcp = new ServerSocket(udp.getLocalPort(), 1, InetAddress.getLoopbackAddress())) {
                return (InetSocketAddress) tcp.getLocalSocketAddress();
            } catch (IOException e) {
                continue; // taken for TCP
            }
        }
    }

    @AfterAll
    void close() {
        agent.close();
        udp.close();
    }

    static List<Torture> messages() {
        return Torture.all();
    }

    @Test
    void thereAreAllOfThem() {
        assertThat(Torture.all())
                .filteredOn(t -> t.name().startsWith("rfc4475/"))
                .hasSize(49);
        assertThat(Torture.all())
                .filteredOn(t -> t.name().startsWith("rfc5118/"))
                .hasSize(12);
        assertThat(Torture.all())
                .filteredOn(t -> t.name().endsWith("/intmeth"))
                .allSatisfy(t -> assertThat(t.bytes()).contains(0, 7, 127))
                .hasSize(1);
    }

    private byte[] options(String transport, String host) {
        return ("OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/" + transport + " " + host + ";rport;branch=z9hG4bKown"
                        + ++serial
                        + "\r\nMax-Forwards: 70\r\nFrom: <sip:b@127.0.0.1>;tag=2\r\nTo: <sip:a@127.0.0.1>\r\n"
                        + "Call-ID: own" + serial + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void overUdp(Torture torture) throws IOException {
        send(torture.over("UDP"));
        send(options("UDP", udp.getLocalAddress().getHostAddress()));
        var answers = new ArrayList<String>();
        boolean alive = false;
        while (true) {
            udp.setSoTimeout(alive ? QUIET_MILLIS : 5_000);
            var packet = new DatagramPacket(new byte[65_535], 65_535);
            try {
                udp.receive(packet);
            } catch (SocketTimeoutException e) {
                break;
            }
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (text.contains("Call-ID: own" + serial)) alive = true;
            else answers.add(text);
        }
        assertThat(alive).as("OPTIONS is answered afterwards").isTrue();
        check(torture, answers);
    }

    private void send(byte[] bytes) throws IOException {
        udp.send(new DatagramPacket(bytes, bytes.length, us));
    }

    @ParameterizedTest
    @MethodSource("messages")
    @Tag("slow")
    void overTcp(Torture torture) throws IOException {
        check(torture, overConnection(torture.over("TCP")));
        assertThat(overConnection(new byte[0])).hasSize(1).allMatch(answer -> answer.contains("own" + serial));
    }

    /** Everything that was answered to that and to an OPTIONS after it, as far as the connection lived. */
    private List<String> overConnection(byte[] bytes) throws IOException {
        var answers = new ArrayList<String>();
        try (var connection = new Socket(us.getAddress(), us.getPort())) {
            connection.setSoTimeout(1_000);
            connection.getOutputStream().write(bytes);
            connection.getOutputStream().write(options("TCP", "127.0.0.1:" + connection.getLocalPort()));
            var stream = new MessageStream();
            var buffer = new byte[8_192];
            int count;
            while ((count = connection.getInputStream().read(buffer)) >= 0) {
                for (SipMessage message : stream.feed(buffer, 0, count)) answers.add(message.toString());
                if (answers.stream().anyMatch(a -> a.contains("own" + serial))) connection.setSoTimeout(QUIET_MILLIS);
            }
        } catch (SocketTimeoutException | SocketException e) {
            if (bytes.length > 0) answers.removeIf(answer -> answer.contains("own" + serial));
            return answers;
        }
        return answers;
    }

    private static void check(Torture torture, List<String> answers) {
        for (String answer : answers) {
            assertThat(answer.lines().findFirst().orElseThrow()).matches("SIP/2\\.0 [1-6][0-9]{2} [ -~]*");
            assertThat(SipMessage.parse(answer)).isPresent();
            String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
            assertThat(head.replaceAll("\r\n[ \t]", " ").split("\r\n"))
                    .allMatch(line -> line.matches("SIP/2\\.0 .*|[A-Za-z-]+ *:.*"));
            assertThat(answer).doesNotContain("mhandley", "no way to know", "<audio>");
        }
        List<Integer> statuses = answers.stream()
                .map(answer -> SipMessage.parse(answer).orElseThrow().status())
                .toList();
        if (torture.is("response")) assertThat(statuses).isEmpty();
        if (torture.is("valid") && !torture.wantsAnswerElsewhere())
            // What follows it on a connection is a message of its own.
            assertThat(statuses).first().isNotEqualTo(400);
        // A broken OPTIONS that can be understood may be answered (RFC 4475 sections 3.1.2.13 to 3.1.2.15).
        if (torture.isInvite()) assertThat(statuses).noneMatch(status -> status >= 200 && status < 300);
    }
}
