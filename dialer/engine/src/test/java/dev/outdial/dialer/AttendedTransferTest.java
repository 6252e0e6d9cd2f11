package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.message.NameAddress;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.message.SipMessageBuilder;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.peer.Wire;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that take each other's place: we ask for it, and we are asked. */
@Tag("slow")
@Timeout(60)
class AttendedTransferTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private final ScriptedPeer bob = ScriptedPeer.open();
    private final ScriptedPeer carol = ScriptedPeer.open();
    private final ExecutorService user = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
    private final Dialer dialer = Dialer.start(
            DialerConfig.of(Trunk.of("carrier", "sip:alice@" + bob.hostPort()).withoutRegistration()));
    private Call withBob;
    private Call withCarol;
    private Heard toBob;
    private Heard toCarol;
    private SipMessage bobsOk;
    private SipMessage carolsOk;

    @BeforeEach
    void answerTwoCalls() throws Exception {
        dialer.onIncoming(calls::add);
        withBob = dialer.dial(DialRequest.over("carrier", "4711"), events::add);
        toBob = bob.receive("INVITE", SOON);
        bobsOk = bob.answer(toBob, "bobs", sdp());
        bob.receive("ACK", SOON);
        withCarol = dialer.dial(DialRequest.direct("sip:carol@" + carol.hostPort()));
        toCarol = carol.receive("INVITE", SOON);
        carolsOk = carol.answer(toCarol, "carols", sdp());
        carol.receive("ACK", SOON);
        assertThat(withBob.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        assertThat(withCarol.awaitAnswer()).isInstanceOf(Answer.Answered.class);
    }

    @AfterEach
    void close() {
        bob.replyAlways("BYE", 200);
        carol.replyAlways("BYE", 200);
        dialer.close();
        user.close();
        bob.close();
        carol.close();
    }

    @Test
    void theOneIsAskedToReplaceUsAtTheOtherAndBothCallsEnd() throws Exception {
        CompletableFuture<Void> transferred = transferring();
        Heard refer = bob.receive("REFER", SOON);
        String referTo = refer.message().header("Refer-To").orElseThrow();
        String replaces = referTo.substring(referTo.indexOf("?Replaces=") + 10, referTo.indexOf('>'));
        // Carol's own Contact, and the dialog as she sees it.
        assertThat(referTo).startsWith("<" + carolsContact() + "?Replaces=");
        assertThat(replaces).doesNotContain(";").doesNotContain("=").contains("%3B");
        assertThat(URLDecoder.decode(replaces, StandardCharsets.UTF_8))
                .isEqualTo(withCarol.id() + ";to-tag=carols;from-tag="
                        + toCarol.message().fromTag());
        bob.reply(refer, 202, "bobs");
        notifyOf("SIP/2.0 100 Trying", "active;expires=60", 10);
        carol.send(carol.requestWithin(toCarol, carolsOk, "BYE", 10).build(), toCarol);
        notifyOf("SIP/2.0 200 OK", "terminated;reason=noresource", 11);

        transferred.get(15, TimeUnit.SECONDS);
        bob.reply(bob.receive("BYE", SOON), 200, "");
        assertThat(withBob.awaitEnd().endedBy()).isEqualTo(EndedBy.LOCAL);
        withCarol.awaitEnd();
    }

    @Test
    void whereItComesToNothingBothCallsGoOn() throws Exception {
        CompletableFuture<Void> transferred = transferring();
        bob.reply(bob.receive("REFER", SOON), 202, "bobs");
        notifyOf("SIP/2.0 603 Decline", "terminated;reason=noresource", 10);

        assertThatThrownBy(() -> transferred.get(15, TimeUnit.SECONDS))
                .rootCause()
                .hasMessageStartingWith("the transfer failed: 603");
        assertThat(withBob.awaitEnd(Duration.ofMillis(100))).isEmpty();
        assertThat(withCarol.awaitEnd(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void aCallThatIsOverIsNobodysToBeTransferredTo() throws Exception {
        assertThatThrownBy(() -> withBob.transferTo(withBob)).isInstanceOf(IllegalArgumentException.class);
        carol.send(carol.requestWithin(toCarol, carolsOk, "BYE", 10).build(), toCarol);
        withCarol.awaitEnd();
        assertThatThrownBy(() -> withBob.transferTo(withCarol))
                .isInstanceOfAny(DialerException.class, CallEndedException.class);
        assertThat(bob.countOf("REFER")).isZero();
        assertThat(withBob.awaitEnd(Duration.ofMillis(1))).isEmpty();
    }

    @Test
    void whoIsTransferredToUsTakesTheReplacedCallsPlaceWhenHeIsAnswered() throws Exception {
        // As we see it: our own tag is the to-tag.
        SipMessage invite =
                invite(withBob.id() + ";from-tag=bobs;to-tag=" + toBob.message().fromTag());
        bob.send(invite, Wire.UDP, us());
        IncomingCall incoming = calls.poll(15, TimeUnit.SECONDS);
        assertThat(incoming).isNotNull();
        assertThat(incoming.replaces()).contains(withBob.id());
        incoming.ring();
        bob.receive(180, SOON);
        assertThat(withBob.awaitEnd(Duration.ofMillis(50))).isEmpty();

        Call instead = incoming.accept();
        bob.receive(200, SOON);
        Heard bye = bob.receive("BYE", SOON);
        assertThat(bye.message().header("Call-ID")).contains(withBob.id());
        bob.reply(bye, 200, "");
        assertThat(withBob.awaitEnd().endedBy()).isEqualTo(EndedBy.LOCAL);
        assertThat(instead.awaitAnswer()).isInstanceOf(Answer.Answered.class);
    }

    @Test
    void whoNamesNoCallOfTheSameTrunkIsRefused() throws Exception {
        String ours = toBob.message().fromTag();
        refused(withBob.id() + ";from-tag=" + ours + ";to-tag=bobs", 481); // as bob sees it
        refused(withBob.id() + ";from-tag=bobs;to-tag=" + ours + ";early-only", 486);
        refused(withCarol.id() + ";from-tag=carols;to-tag=" + toCarol.message().fromTag(), 481);
        refused(withBob.id(), 400);
        assertThat(calls).isEmpty();
    }

    private void refused(String replaces, int status) {
        SipMessage invite = invite(replaces);
        bob.send(invite, Wire.UDP, us());
        String callId = invite.header("Call-ID").orElseThrow();
        bob.receive(
                status + " to " + replaces,
                heard -> !heard.message().isRequest()
                        && heard.message().status() == status
                        && heard.message().header("Call-ID").orElse("").equals(callId),
                SOON);
    }

    private CompletableFuture<Void> transferring() {
        var done = new CompletableFuture<Void>();
        user.execute(() -> {
            try {
                withBob.transferTo(withCarol);
                done.complete(null);
            } catch (InterruptedException | RuntimeException failed) {
                done.completeExceptionally(failed);
            }
        });
        return done;
    }

    private String carolsContact() {
        String contact = carolsOk.header("Contact").orElseThrow();
        return contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
    }

    /** Where the INVITE says that we are. */
    private InetSocketAddress us() {
        String contact = ourContact();
        int port = Integer.parseInt(contact.replaceAll("^.*:(\\d+).*$", "$1"));
        return new InetSocketAddress(bob.address().getAddress(), port);
    }

    private String ourContact() {
        return NameAddress.parse(toBob.message().header("Contact").orElseThrow())
                .orElseThrow()
                .uri();
    }

    private SipMessage invite(String replaces) {
        SipMessageBuilder invite = SipMessage.request("INVITE", ourContact())
                .header("Via", bob.via(Wire.UDP, "z9hG4bK-" + UUID.randomUUID()))
                .header("Max-Forwards", "70")
                .header("From", "<sip:dave@127.0.0.1>;tag=" + UUID.randomUUID())
                .header("To", "<sip:alice@127.0.0.1>")
                .header("Call-ID", UUID.randomUUID().toString())
                .header("CSeq", "1 INVITE")
                .header("Contact", bob.contact(Wire.UDP))
                .header("Require", "replaces")
                .header("Replaces", replaces)
                .body("application/sdp", sdp());
        return invite.build();
    }

    private void notifyOf(String fragment, String subscription, int cseq) {
        bob.send(
                bob.requestWithin(toBob, bobsOk, "NOTIFY", cseq)
                        .header("Event", "refer")
                        .header("Subscription-State", subscription)
                        .body("message/sipfrag;version=2.0", fragment + "\r\n")
                        .build(),
                toBob);
    }

    private static String sdp() {
        return """
                v=0
                o=bob 1 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 40000 RTP/AVP 0
                a=rtpmap:0 PCMU/8000
                """.replace("\n", "\r\n");
    }
}
