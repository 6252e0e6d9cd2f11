package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import dev.outdial.sip.transport.TransportListener;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread reads datagrams and works on them. */
@Timeout(60)
class DatagramProcessorTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Ear ear = new Ear();
    private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch mayWork = new CountDownLatch(1);
    private final ScriptedPeer peer = ScriptedPeer.open();
    private final JainTransport transport;
    private final InetSocketAddress us;

    DatagramProcessorTest() throws IOException {
        var listener = (TransportListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TransportListener.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("requested")) {
                        workers.add(Thread.currentThread());
                        assertThat(mayWork.await(20, TimeUnit.SECONDS)).isTrue();
                    }
                    return method.invoke(ear, arguments);
                });
        var setup = new Stacks.Setup(
                Optional.of(InetAddress.getLoopbackAddress()), 0, TlsClient.trusting(Optional.empty()));
        transport = JainTransport.open(setup, listener, KeepAlive.Terms.STANDARD);
        us = transport.localAddress(new Hop(peer.address(), TransportProtocol.UDP));
    }

    @AfterEach
    void close() {
        mayWork.countDown();
        transport.close();
        peer.close();
    }

    private void ask(String callId, Wire claimed) {
        String options = "OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nVia: " + peer.via(claimed, callId)
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:b@127.0.0.1>;tag=2\r\nTo: <sip:a@127.0.0.1>\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
        peer.sendRaw(options.getBytes(StandardCharsets.UTF_8), Wire.UDP, us);
    }

    @Test
    void whatComesWhileItWorksWaitsAndIsTakenInOrder() throws Exception {
        List<String> asked =
                IntStream.range(0, 50).mapToObj(number -> "call-" + number).toList();
        asked.forEach(callId -> ask(callId, Wire.UDP));
        mayWork.countDown();

        List<String> heard = new ArrayList<>();
        while (heard.size() < asked.size()) heard.add(Ear.next(ear.requests).callId());

        assertThat(heard).isEqualTo(asked);
        assertThat(workers).hasSize(1).allMatch(Thread::isDaemon);
    }

    @Test
    void itsThreadEndsWithTheTransport() throws Exception {
        mayWork.countDown();
        ask("one", Wire.UDP);
        peer.receive(200, SOON);

        transport.close();

        for (Thread worker : workers) assertThat(worker.join(SOON)).isTrue();
    }

    @Test
    void noConnectionIsOpenedForTheAnswerToADatagram() throws Exception {
        mayWork.countDown();
        ask("over-tcp", Wire.TCP);
        ask("over-udp", Wire.UDP);

        Heard answer = peer.receive(200, SOON);

        assertThat(answer.message().callId()).isEqualTo("over-udp");
        assertThat(answer.wire()).isEqualTo(Wire.UDP);
    }
}
