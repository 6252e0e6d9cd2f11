package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What jain-sip's threads do not survive, the transport does. */
@Timeout(60)
class WatchdogOnTheWireTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Ear ear = new Ear();

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        return find(owner.getClass(), name).get(owner);
    }

    private static Field find(Class<?> type, String name) throws NoSuchFieldException {
        for (Class<?> t = type; t != null; t = t.getSuperclass()) {
            for (Field field : t.getDeclaredFields()) {
                if (!field.getName().equals(name)) continue;
                field.setAccessible(true);
                return field;
            }
        }
        throw new NoSuchFieldException(name);
    }

    // It takes datagrams from its queue, and does not survive anything else: what comes next is the last.
    private static void killTheWorker(JainTransport transport, Hop hop) throws Exception {
        var point = transport.stacks().plain().points().towards(hop).provider().getListeningPoint("udp");
        Object processor = field(point, "messageProcessor");
        find(processor.getClass(), "messageQueue").set(processor, new LinkedBlockingQueue<>(List.of("no datagram")));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                // Java's own, which stay once they were needed.
                .filter(t -> !t.getName().startsWith("CompletableFutureDelay")
                        && !t.getName().contains("Poller"))
                .collect(Collectors.toSet());
    }

    /** A free port that the system gives to nobody who asks for any, also while ours is closed for a moment. */
    private static int quietPort() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        for (int i = 0; ; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var streams = new ServerSocket(port, 1, here);
                    var datagrams = new DatagramSocket(port, here)) {
                assertThat(streams.getLocalPort()).isEqualTo(datagrams.getLocalPort());
                return port;
            } catch (IOException taken) {
                if (i == 100) throw taken;
            }
        }
    }

    @Test
    void aStackWhoseWorkerDiedIsStartedAgainOnTheSamePortsAndLeavesNothingBehind() throws Exception {
        try (var peer = ScriptedPeer.open()) {
            Set<Thread> before = threads();
            var setup = new Stacks.Setup(
                    Optional.of(InetAddress.getLoopbackAddress()), quietPort(), TlsClient.trusting(Optional.empty()));
            try (var transport = JainTransport.open(setup, ear, KeepAlive.Terms.STANDARD)) {
                var hop = new Hop(peer.address(), TransportProtocol.UDP);
                InetSocketAddress datagrams = transport.localAddress(hop);
                InetSocketAddress streams = transport.localAddress(new Hop(peer.address(), TransportProtocol.TCP));
                transport.send(Ear.request("OPTIONS", "first", hop, 0, "first"));
                peer.reply(peer.receive("OPTIONS", SOON), 200, "b");
                assertThat(Ear.next(ear.responses).callId()).isEqualTo("first");
                transport.send(Ear.request("INVITE", "waiting", hop, 0, "waiting"));
                Heard invite = peer.receive("INVITE", SOON);

                killTheWorker(transport, hop);
                peer.reply(invite, 100, "");
                assertThat(Ear.next(ear.failures)).contains("broke down");
                assertThat(transport.statistics().rebuilt()).isEqualTo(1);

                assertThat(transport.localAddress(hop)).isEqualTo(datagrams);
                assertThat(transport.localAddress(new Hop(peer.address(), TransportProtocol.TCP)))
                        .isEqualTo(streams);
                transport.send(Ear.request("INVITE", "again", hop, 0, "again"));
                Heard again = peer.receive("INVITE", h -> h.message().callId().equals("again"), SOON);
                assertThat(again.source()).isEqualTo(datagrams);
                peer.reply(again, 200, "b");
                while (!Ear.next(ear.responses).callId().equals("again"))
                    assertThat(ear.failures).isEmpty();
                for (var wire : new Wire[] {Wire.UDP, Wire.TCP}) {
                    String options = "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: " + peer.via(wire, "o" + wire)
                            + "\r\nMax-Forwards: 70\r\nFrom: <sip:b@127.0.0.1>;tag=2\r\nTo: <sip:a@127.0.0.1>\r\n"
                            + "Call-ID: o\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
                    peer.sendRaw(
                            options.getBytes(StandardCharsets.UTF_8), wire, wire == Wire.UDP ? datagrams : streams);
                    assertThat(peer.receive(200, SOON).wire()).isEqualTo(wire);
                }
            }
            for (Thread thread : threads()) {
                if (before.contains(thread) || thread.isVirtual()) continue;
                thread.join(5_000);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}
