package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are held, resumed and transferred, either way. */
@Timeout(60)
class ChangedCallTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String SENDRECV = "sendrecv";

    private final ScriptedPeer peer = ScriptedPeer.open();
    private final ExecutorService user = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private final Dialer dialer = Dialer.start(DialerConfig.of());
    private Call call;
    private Heard invite;
    private SipMessage ok;

    @BeforeEach
    void answerACall() throws Exception {
        call = dialer.dial(DialRequest.direct("sip:bob@" + peer.hostPort()), events::add);
        invite = peer.receive("INVITE", SOON);
        ok = peer.answer(invite, "bob", sdp(1, SENDRECV));
        peer.receive("ACK", SOON);
        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
    }

    @AfterEach
    void close() {
        peer.replyAlways("BYE", 200);
        dialer.close();
        user.close();
        peer.close();
    }

    @Test
    void weHoldTheFarEndAndResume() throws Exception {
        CompletableFuture<Void> held = later(() -> call.hold());
        Heard hold = peer.receive("INVITE", SOON);
        assertThat(hold.message().body()).contains("a=sendonly");
        assertThat(hold.message().toTag()).isEqualTo("bob");
        peer.answer(hold, "bob", sdp(2, "recvonly"));
        peer.receive("ACK", SOON);
        held.get(5, TimeUnit.SECONDS);
        call.hold(); // again: nothing to do

        CompletableFuture<Void> resumed = later(() -> call.resume());
        Heard resume = peer.receive("INVITE", SOON);
        assertThat(resume.message().body()).contains("a=sendrecv");
        assertThat(resume.message().cseqNumber()).isGreaterThan(hold.message().cseqNumber());
        peer.answer(resume, "bob", sdp(3, SENDRECV));
        peer.receive("ACK", SOON);
        resumed.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aRefusedHoldLeavesTheCallAsItWas() throws Exception {
        CompletableFuture<Void> held = later(() -> call.hold());
        peer.reply(peer.receive("INVITE", SOON), 488, "bob");

        assertThatThrownBy(() -> held.get(5, TimeUnit.SECONDS))
                .hasRootCauseMessage("the far end refuses to be put on hold (488)");
        assertThat(call.awaitEnd(Duration.ofMillis(200))).isEmpty();
    }

    @Test
    void theFarEndHoldsUsAndResumes() throws Exception {
        peer.send(reinvite(10, sdp(2, "sendonly")), invite);
        Heard answer = peer.receive(200, SOON);
        assertThat(answer.message().body()).contains("a=recvonly");
        acknowledge(10);
        assertThat(next(CallEvent.HeldByFarEnd.class).held()).isTrue();

        peer.send(reinvite(11, sdp(3, SENDRECV)), invite);
        assertThat(peer.receive(200, SOON).message().body()).contains("a=sendrecv");
        acknowledge(11);
        assertThat(next(CallEvent.HeldByFarEnd.class).held()).isFalse();
    }

    @Test
    void anOfferThatWaitedIsMadeAnewAfterTheFarEndsOwn() throws Exception {
        CompletableFuture<Void> held = later(() -> call.hold());
        peer.reply(peer.receive("INVITE", SOON), 491, "bob");
        peer.send(reinvite(10, sdp(2, SENDRECV).replace("40000", "40002")), invite);
        Heard answer = peer.receive(200, SOON);
        acknowledge(10);

        Heard hold = peer.receive("INVITE", SOON);
        assertThat(hold.message().body()).contains("a=sendonly");
        assertThat(originVersion(hold)).isGreaterThan(originVersion(answer));
        peer.answer(hold, "bob", sdp(3, "recvonly"));
        peer.receive("ACK", SOON);
        held.get(5, TimeUnit.SECONDS);
    }

    private static long originVersion(Heard heard) {
        return Long.parseLong(heard.message().body().replaceAll("(?s).*o=\\S+ \\S+ (\\d+) .*", "$1"));
    }

    @Test
    void anOfferThatCannotBeTakenIsRefusedAndTheCallGoesOn() throws Exception {
        peer.send(
                reinvite(10, sdp(2, SENDRECV).replace("RTP/AVP 0", "RTP/AVP 9").replace("PCMU", "G722")), invite);
        peer.receive(488, SOON);
        assertThat(call.awaitEnd(Duration.ofMillis(200))).isEmpty();
    }

    @Test
    void aReinviteWithoutAnOfferGetsOursAndItsAckAnswersIt() throws Exception {
        peer.send(
                peer.requestWithin(invite, ok, "INVITE", 10)
                        .header("Contact", peer.contact(invite.wire()))
                        .build(),
                invite);
        assertThat(peer.receive(200, SOON).message().body()).contains("m=audio").contains("a=sendrecv");
        peer.send(
                peer.requestWithin(invite, ok, "ACK", 10)
                        .body("application/sdp", sdp(2, "sendonly"))
                        .build(),
                invite);
        assertThat(next(CallEvent.HeldByFarEnd.class).held()).isTrue();
    }

    @Test
    void aTransferIsFollowedToItsEnd() throws Exception {
        CompletableFuture<Void> transferred = later(() -> call.transfer("sip:carol@127.0.0.1"));
        Heard refer = peer.receive("REFER", SOON);
        assertThat(refer.message().header("Refer-To").orElseThrow()).contains("sip:carol@127.0.0.1");
        peer.reply(refer, 202, "bob");
        notifyOf("SIP/2.0 100 Trying", "active;expires=60", 10);
        notifyOf("SIP/2.0 200 OK", "terminated;reason=noresource", 11);

        transferred.get(5, TimeUnit.SECONDS);
        assertThat(next(CallEvent.Transferring.class).status()).isEqualTo(202);
    }

    @Test
    void aRefusedTransferSaysWhy() throws Exception {
        CompletableFuture<Void> transferred = later(() -> call.transfer("sip:carol@127.0.0.1"));
        peer.reply(peer.receive("REFER", SOON), 603, "bob");

        assertThatThrownBy(() -> transferred.get(5, TimeUnit.SECONDS))
                .rootCause()
                .hasMessageStartingWith("the transfer failed: 603");
    }

    @Test
    void aTransferEndsWithTheCall() throws Exception {
        CompletableFuture<Void> transferred = later(() -> call.transfer("sip:carol@127.0.0.1"));
        peer.receive("REFER", SOON);
        peer.send(peer.requestWithin(invite, ok, "BYE", 10).build(), invite);

        assertThatThrownBy(() -> transferred.get(5, TimeUnit.SECONDS)).hasRootCauseInstanceOf(CallEndedException.class);
        CallOutcome outcome = call.awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private CompletableFuture<Void> later(Step step) {
        var done = new CompletableFuture<Void>();
        user.execute(() -> {
            try {
                step.run();
                done.complete(null);
            } catch (InterruptedException | RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        return done;
    }

    private <T extends CallEvent> T next(Class<T> wanted) throws InterruptedException {
        while (true) {
            CallEvent event = events.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(event).as("waiting for %s", wanted.getSimpleName()).isNotNull();
            if (wanted.isInstance(event)) return wanted.cast(event);
        }
    }

    private SipMessage reinvite(int cseq, String sdp) {
        return peer.requestWithin(invite, ok, "INVITE", cseq)
                .header("Contact", peer.contact(invite.wire()))
                .body("application/sdp", sdp)
                .build();
    }

    private void acknowledge(int cseq) {
        peer.send(peer.requestWithin(invite, ok, "ACK", cseq).build(), invite);
    }

    private void notifyOf(String fragment, String subscription, int cseq) {
        peer.send(
                peer.requestWithin(invite, ok, "NOTIFY", cseq)
                        .header("Event", "refer")
                        .header("Subscription-State", subscription)
                        .body("message/sipfrag;version=2.0", fragment + "\r\n")
                        .build(),
                invite);
    }

    private static String sdp(int version, String direction) {
        return """
                v=0
                o=bob 1 %d IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 40000 RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                a=%s
                """.formatted(version, direction).replace("\n", "\r\n");
    }
}
