package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.group.GroupPlan;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.ledger.LedgerRules;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.pace.PaceLimits;
import dev.outdial.dialer.retry.RetryPolicy;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A dialer that closes by and by. */
@Timeout(60)
class DrainedDialerTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final LoopbackTrunk trunk = LoopbackTrunk.builder().start();
    private final ScriptedPeer peer = ScriptedPeer.open();
    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private final InMemoryLedger ledger =
            new InMemoryLedger(LedgerRules.STANDARD.paced("slow", new PaceLimits(0.02, 10)));
    private final InetSocketAddress us = free();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
                    Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration(),
                    Trunk.of("slow", "sip:bob@127.0.0.1:" + trunk.port()).withoutRegistration(),
                    Trunk.of("peer", "sip:carol@" + peer.hostPort()).withoutRegistration())
            .on("127.0.0.1", us.getPort())
            .withLedger(ledger));

    @AfterEach
    void close() {
        dialer.close();
        trunk.close();
        peer.close();
    }

    private static InetSocketAddress free() {
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
        } catch (java.net.SocketException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWaitsEndsAsCanceledWhatGoesOnGoesOnAndWhatIsLeftIsEndedAtLast() throws Exception {
        Call talking = dialer.dial("carrier", "1001", SOON);
        talking.awaitAnswer();
        Call ringing = dialer.dial("carrier", "1003", Duration.ofSeconds(50));
        Call first = dialer.dial("slow", "1001", SOON); // has the trunk's one place for a long while
        first.awaitAnswer();
        Call paced = dialer.dial("slow", "1001", SOON);
        Call retried = dialer.dialWithRetries(
                DialRequest.over("carrier", "1002"), RetryPolicy.of(2, Duration.ofMinutes(5)), events::add);
        while (!(events.poll(5, TimeUnit.SECONDS) instanceof CallEvent.Retrying)) {}
        CallGroup group = dialer.dialGroup(
                List.of(DialRequest.over("carrier", "1003"), DialRequest.over("carrier", "1001")),
                GroupPlan.firstFree());

        assertThat(dialer.drain(Duration.ofMillis(100))).isFalse();
        assertThat(paced.awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(paced.awaitEnd().reason()).contains("the dialer closes");
        assertThat(retried.awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(retried.awaitEnd().reason()).contains("between two attempts").contains("the dialer closes");
        assertThat(talking.awaitEnd(Duration.ofMillis(1))).isEmpty();
        assertThatThrownBy(() -> dialer.dial("carrier", "1001", SOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no more calls");
        assertThatThrownBy(() -> dialer.dialGroup(List.of(DialRequest.over("carrier", "1001")), GroupPlan.ringAll()))
                .isInstanceOf(IllegalStateException.class);

        dialer.close(Duration.ofMillis(100));
        CallOutcome completed = talking.awaitEnd();
        assertThat(completed.kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(completed.reason()).isEqualTo("we hung up, since the dialer closed");
        assertThat(ringing.awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(ringing.awaitEnd().reason()).contains("since the dialer closed");
        assertThat(group.awaitEnd().get(1)).isEmpty();
        assertThat(ledger.open()).isZero();
        assertThat(trunk.awaitEnd(talking.id(), SOON).orElseThrow().glance()).contains("> BYE");
        assertThat(trunk.awaitEnd(ringing.id(), SOON).orElseThrow().glance()).contains("> CANCEL");
    }

    @Test
    void itClosesAsSoonAsTheLastCallHasEnded() throws Exception {
        Call talking = dialer.dial("carrier", "1001", SOON);
        talking.awaitAnswer();
        var closed = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            dialer.close(Duration.ofMinutes(5));
            closed.countDown();
        });
        assertThat(talking.awaitEnd(Duration.ofMillis(100))).isEmpty();
        talking.hangUp();
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(talking.awaitEnd().reason()).isEqualTo("we hung up");
    }

    @Test
    void whoCallsUsMeanwhileHears503() throws Exception {
        dialer.onIncoming(incoming -> incoming.decline(480));
        dialer.awaitRegistered("peer", SOON);
        dialer.drain(Duration.ofMillis(1));
        SipMessage invite = SipMessage.request("INVITE", "sip:carol@127.0.0.1:" + us.getPort())
                .header("Via", peer.via(Wire.UDP, "z9hG4bKdrained"))
                .header("From", "<sip:4711@" + peer.hostPort() + ">;tag=caller")
                .header("To", "<sip:carol@127.0.0.1>")
                .header("Call-ID", "drained")
                .header("CSeq", "1 INVITE")
                .header("Max-Forwards", "70")
                .header("Contact", peer.contact(Wire.UDP))
                .build();
        peer.send(invite, Wire.UDP, us);
        peer.receive(503, SOON);
    }
}
