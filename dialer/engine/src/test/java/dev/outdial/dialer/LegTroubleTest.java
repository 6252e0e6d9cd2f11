package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong beside the call must not be lost, leaked or told otherwise than it was. */
@Timeout(60)
class LegTroubleTest {
    private static final Duration SOON = Duration.ofSeconds(3);

    private static String sdp(int port) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port
                + " RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
    }

    @Test
    void aCallerIdThatMakesNoSenseLeavesNoPermitOpen() throws Exception {
        var ledger = new InMemoryLedger();
        try (var peer = ScriptedPeer.open();
                var dialer = Dialer.start(DialerConfig.of().withLedger(ledger))) {
            try {
                dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()).from("call centre!"))
                        .awaitEnd();
            } catch (IllegalArgumentException saidAtOnce) {
                assertThat(saidAtOnce).hasMessageContaining("call centre!");
            }
            assertThat(ledger.open()).isZero();
        }
    }

    @Test
    void aLedgerThatFailsAfterTheInviteDoesNotLeaveAPhoneRinging() throws Exception {
        AttemptLedger broken = new AttemptLedger() {
            @Override
            public Admission admit(Attempt attempt, Instant now) {
                return new Permit(
                        attempt, System.nanoTime() + Duration.ofSeconds(30).toNanos());
            }

            @Override
            public void invited(Permit permit) {
                throw new IllegalStateException("the database is away");
            }

            @Override
            public void settled(Permit permit, CallOutcome outcome) {}
        };
        try (var peer = ScriptedPeer.open();
                var dialer = Dialer.start(DialerConfig.of().withLedger(broken))) {
            peer.replyAlways("BYE", 200);
            Call call = dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()));
            Heard invite = peer.receive("INVITE", SOON);
            boolean toldWhileTheInviteIsOut =
                    call.awaitEnd(Duration.ofMillis(500)).isPresent();
            peer.answer(invite, "callee", sdp(40000));
            peer.receive("ACK", SOON);
            // Either the call goes on and can be ended, or it is ended for us; never told as over and left alone.
            if (!toldWhileTheInviteIsOut) call.hangUp();
            peer.receive("BYE", SOON);
        }
    }

    @Test
    void whoGivesUpWhileTheTrunkRegistersHasCanceled() throws Exception {
        try (var peer = ScriptedPeer.open();
                var dialer = Dialer.start(DialerConfig.of(Trunk.of("t", "sip:alice@" + peer.hostPort())))) {
            Call call = dialer.dial("t", "1000", Duration.ofSeconds(30));
            peer.receive("REGISTER", SOON);
            call.hangUp();
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Canceled.class);
        }
    }

    @Test
    void aKeyThatIsDownWhenTheFarEndHangsUpIsHeard() throws Exception {
        try (var peer = ScriptedPeer.open();
                var rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var dialer = Dialer.start(DialerConfig.of())) {
            var events = new LinkedBlockingQueue<CallEvent>();
            Call call = dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()), events::add);
            Heard invite = peer.receive("INVITE", SOON);
            var ok = peer.answer(invite, "callee", sdp(rtp.getLocalPort()));
            peer.receive("ACK", SOON);
            call.awaitAnswer();
            int port = Integer.parseInt(invite.message().body().replaceAll("(?s).*m=audio (\\d+) .*", "$1"));
            for (int i = 1; i <= 6; i++) {
                byte[] packet = event(i, 160 * i);
                rtp.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
            }
            // Our own RTP shows that the loop has been round, and so has read what came.
            for (int i = 0; i < 5; i++) rtp.receive(new DatagramPacket(new byte[512], 512));
            peer.send(peer.requestWithin(invite, ok, "BYE", 1).build(), invite);
            call.awaitEnd();
            boolean heard = false;
            CallEvent event;
            do {
                event = events.poll(3, TimeUnit.SECONDS);
                heard |= event instanceof CallEvent.DigitPressed pressed && pressed.digit() == '5';
            } while (event != null && !(event instanceof CallEvent.Ended));
            assertThat(heard).isTrue();
        }
    }

    @Test
    void aDescriptionInAProvisionalResponseIsTheAnswerWhereThe200HasNone() throws Exception {
        try (var peer = ScriptedPeer.open();
                var rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var dialer = Dialer.start(DialerConfig.of())) {
            peer.replyAlways("BYE", 200);
            Call call = dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()));
            Heard invite = peer.receive("INVITE", SOON);
            peer.reply(
                    invite,
                    183,
                    "callee",
                    reply -> reply.header("Contact", "<" + peer.contact(invite.wire()) + ">")
                            .body("application/sdp", sdp(rtp.getLocalPort())));
            peer.reply(
                    invite, 200, "callee", reply -> reply.header("Contact", "<" + peer.contact(invite.wire()) + ">"));
            assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
            rtp.setSoTimeout((int) SOON.toMillis());
            rtp.receive(new DatagramPacket(new byte[512], 512));
            call.hangUp();
            call.awaitEnd();
        }
    }

    @Test
    void ofAForkedCallTheSoundGoesToWhoAnsweredThoughTheOtherWasHeardOfLast() throws Exception {
        try (var peer = ScriptedPeer.open();
                var rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var other = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var dialer = Dialer.start(DialerConfig.of())) {
            peer.replyAlways("BYE", 200);
            Call call = dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()));
            Heard invite = peer.receive("INVITE", SOON);
            reliably(peer, invite, "callee", rtp);
            reliably(peer, invite, "other", other);
            peer.reply(
                    invite, 200, "callee", reply -> reply.header("Contact", "<" + peer.contact(invite.wire()) + ">"));
            assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMU", false));
            rtp.setSoTimeout((int) SOON.toMillis());
            rtp.receive(new DatagramPacket(new byte[512], 512));
            call.hangUp();
            call.awaitEnd();
        }
    }

    /** A reliable 183 of that leg, whose sound is received there. */
    private static SipMessage reliably(ScriptedPeer peer, Heard invite, String leg, DatagramSocket rtp) {
        SipMessage early = peer.reply(
                invite,
                183,
                leg,
                reply -> reply.header("Contact", "<" + peer.contact(invite.wire()) + ">")
                        .header("Require", "100rel")
                        .header("RSeq", "1")
                        .body("application/sdp", sdp(rtp.getLocalPort())));
        peer.reply(peer.receive("PRACK", SOON), 200, leg);
        return early;
    }

    @Test
    void anOfferBeforeTheAnswerIsAnsweredAndHoldsForWhoMadeIt() throws Exception {
        try (var peer = ScriptedPeer.open();
                var first = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var dialer = Dialer.start(DialerConfig.of())) {
            peer.replyAlways("BYE", 200);
            Call call = dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()));
            Heard invite = peer.receive("INVITE", SOON);
            SipMessage early = reliably(peer, invite, "callee", first);
            update(peer, invite, early, 10, sdp(rtp.getLocalPort()).replace("RTP/AVP 0 101", "RTP/AVP 8"));
            Heard ok = peer.receive("200 to UPDATE", heard -> isOk(heard, "UPDATE"), SOON);
            assertThat(ok.message().body()).contains("RTP/AVP 8");
            // That leg has said all: some repeat what they said first.
            peer.answer(invite, "callee", sdp(first.getLocalPort()));
            assertThat(call.awaitAnswer()).isEqualTo(new Answer.Answered("PCMA", false));
            rtp.setSoTimeout((int) SOON.toMillis());
            rtp.receive(new DatagramPacket(new byte[512], 512));
            call.hangUp();
            call.awaitEnd();
        }
    }

    @Test
    void anOfferBeforeTheAnswerThatCannotBeTakenIsRefusedAtOnce() throws Exception {
        try (var peer = ScriptedPeer.open();
                var rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var dialer = Dialer.start(DialerConfig.of())) {
            Call call = dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()));
            Heard invite = peer.receive("INVITE", SOON);
            SipMessage early = reliably(peer, invite, "callee", rtp);
            update(peer, invite, early, 10, sdp(40002).replace("RTP/AVP 0 101", "RTP/AVP 4"));
            peer.receive(488, SOON);
            peer.reply(invite, 486, "callee");
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Busy.class);
        }
    }

    private static void update(ScriptedPeer peer, Heard invite, SipMessage early, int cseq, String sdp) {
        peer.send(
                peer.requestWithin(invite, early, "UPDATE", cseq)
                        .header("Contact", "<" + peer.contact(invite.wire()) + ">")
                        .body("application/sdp", sdp)
                        .build(),
                invite);
    }

    private static boolean isOk(Heard heard, String method) {
        return !heard.message().isRequest()
                && heard.message().status() == 200
                && heard.message().header("CSeq").orElse("").endsWith(method);
    }

    @Test
    void anErrorOfTheLedgerStillEndsTheCallAndItsDetours() throws Exception {
        AttemptLedger broken = new AttemptLedger() {
            @Override
            public Admission admit(Attempt attempt, Instant now) {
                throw new StackOverflowError("the ledger asks itself");
            }

            @Override
            public void invited(Permit permit) {}

            @Override
            public void settled(Permit permit, CallOutcome outcome) {}
        };
        try (var peer = ScriptedPeer.open();
                var dialer = Dialer.start(DialerConfig.of().withLedger(broken))) {
            DialRequest request = DialRequest.direct("sip:bob@" + peer.hostPort());
            assertThat(dialer.dial(request).awaitEnd(SOON)).isPresent();
            assertThat(dialer.dial(request.followingRedirects(1)).awaitEnd(SOON))
                    .isPresent();
        }
    }

    @Test
    void anErrorWhileAnAttemptIsOpenSettlesIt() throws Exception {
        var settled = new LinkedBlockingQueue<CallOutcome>();
        AttemptLedger broken = new AttemptLedger() {
            @Override
            public Admission admit(Attempt attempt, Instant now) {
                return new Permit(
                        attempt, System.nanoTime() + Duration.ofSeconds(30).toNanos());
            }

            @Override
            public void invited(Permit permit) {
                throw new StackOverflowError("the ledger asks itself");
            }

            @Override
            public void settled(Permit permit, CallOutcome outcome) {
                settled.add(outcome);
            }
        };
        try (var peer = ScriptedPeer.open();
                var dialer = Dialer.start(DialerConfig.of().withLedger(broken))) {
            Call call = dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()));
            peer.reply(peer.receive("INVITE", SOON), 486, "callee");
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Busy.class);
            assertThat(settled).hasSize(1);
        }
    }

    @Test
    void whoWaitsForAPermitHoldsNoPortsAndDoesNotAskInACircle() throws Exception {
        var asked = new AtomicInteger();
        AttemptLedger hesitant = new AttemptLedger() {
            @Override
            public Admission admit(Attempt attempt, Instant now) {
                asked.incrementAndGet();
                return attempt.requestId().equals("first")
                        ? new Admission.Later(
                                now, "not this one") // for want of a place, it would hold up who comes after it
                        : new Permit(
                                attempt,
                                System.nanoTime() + Duration.ofSeconds(30).toNanos());
            }

            @Override
            public void invited(Permit permit) {}

            @Override
            public void settled(Permit permit, CallOutcome outcome) {}
        };
        // Room for one call at a time.
        var config = DialerConfig.of().withLedger(hesitant).withRtpPorts(42030, 42031);
        try (var peer = ScriptedPeer.open();
                var dialer = Dialer.start(config)) {
            peer.replyAlways("INVITE", 486);
            DialRequest request = DialRequest.direct("sip:bob@" + peer.hostPort());
            Call waiting = dialer.dial(request.asAttempt("first", 1));
            assertThat(dialer.dial(request.asAttempt("second", 1)).awaitAnswer())
                    .isInstanceOf(Answer.Busy.class);
            assertThat(waiting.awaitEnd(Duration.ofMillis(200))).isEmpty();
            waiting.hangUp();
            assertThat(waiting.awaitAnswer()).isInstanceOf(Answer.Canceled.class);
            assertThat(asked.get()).isLessThan(100);
        }
    }

    private static byte[] event(int sequence, int duration) {
        return ByteBuffer.allocate(16)
                .put((byte) 0x80)
                .put((byte) (101 | (sequence == 1 ? 0x80 : 0)))
                .putShort((short) sequence)
                .putInt(8000)
                .putInt(77)
                .put((byte) 5)
                .put((byte) 10)
                .putShort((short) duration)
                .array();
    }
}
