package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.journal.DialogEnd;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.journal.StoredDialog;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.EndedBy;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.trunk.TrunkMessage;
import dev.outdial.testbed.uas.CallEnd;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that one dialer left answered are ended by another, which knows of them what the journal was told. */
@Timeout(60)
class StoredDialogsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final BlockingQueue<StoredDialog> told = new LinkedBlockingQueue<>();
    private final CallJournal journal = (callId, seq, entry) -> {
        if (entry instanceof JournalEntry.DialogHeld held) told.add(held.dialog());
        return CompletableFuture.allOf();
    };

    @Test
    void theCalleeOfACallThatWasLeftBehindIsToldThatItIsOver() throws Exception {
        DialPlan plan = DialPlan.standard().with("1", Persona.of("answers and stays", new Step.Answer()));
        try (LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(plan).start();
                Dialer gone = dialer(trunk.port());
                Dialer next = dialer(trunk.port())) {
            Call call = gone.dial("carrier", "1", SOON);
            call.awaitAnswer();
            StoredDialog dialog = StoredDialog.parse(next().text());
            assertThat(dialog.trunk()).isEqualTo("carrier");
            assertThat(gone.endStored(dialog, SOON)).isEqualTo(new DialogEnd.GoesOn());

            assertThat(next.endStored(dialog, SOON)).isEqualTo(new DialogEnd.Answered(200));

            TrunkCall over = trunk.awaitEnd(call.id(), SOON).orElseThrow();
            assertThat(over.end()).hasValue(new CallEnd(CallEnd.Kind.CALLER_HUNG_UP, 200));
            SipMessage invite = sent(over, "INVITE");
            SipMessage bye = sent(over, "BYE");
            assertThat(bye.fromTag()).isEqualTo(invite.fromTag());
            assertThat(bye.toTag()).isEqualTo(sent(over, "ACK").toTag()).isNotEmpty();
            assertThat(bye.cseqNumber()).isGreaterThan(invite.cseqNumber());
            assertThat(next.endStored(dialog, SOON)).as("once more").isInstanceOf(DialogEnd.Answered.class);
        }
    }

    @Test
    void whoCalledUsIsToldAsWell() throws Exception {
        int ours;
        try (var free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ours = free.getLocalPort();
        }
        Trunk carrier = Trunk.of("carrier", "sip:alice@127.0.0.1:9").withoutRegistration();
        try (Dialer caller = Dialer.start(DialerConfig.of().on("127.0.0.1", 0));
                Dialer gone = Dialer.start(
                        DialerConfig.of(carrier).on("127.0.0.1", ours).withJournal(journal));
                Dialer next = dialer(9)) {
            gone.onIncoming(incoming -> {
                var unused = incoming.accept();
            });
            gone.awaitRegistered("carrier", SOON);
            Call call = caller.dial(DialRequest.direct("sip:alice@127.0.0.1:" + ours));
            call.awaitAnswer();

            assertThat(next.endStored(next(), SOON)).isEqualTo(new DialogEnd.Answered(200));

            CallOutcome outcome = call.awaitEnd();
            assertThat(outcome.endedBy()).isEqualTo(EndedBy.REMOTE);
            assertThat(outcome.answered()).isTrue();
        }
    }

    @Test
    void whoDoesNotAnswerIsWaitedForNoLongerThanAsked() throws Exception {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Dialer next = dialer(9)) {
            var dialog = new StoredDialog(
                    "nobody's",
                    "7f3a",
                    "<sip:a@127.0.0.1>;tag=a",
                    "<sip:b@127.0.0.1>;tag=b",
                    "sip:b@127.0.0.1:" + silent.getLocalPort(),
                    List.of(),
                    1,
                    new StoredDialog.Hop("udp", "127.0.0.1", silent.getLocalPort(), Optional.empty()));

            assertThat(next.endStored(dialog, Duration.ofSeconds(1)))
                    .isEqualTo(new DialogEnd.NotAnswered("no answer to BYE within 1 s"));
        }
    }

    private Dialer dialer(int trunkPort) {
        return Dialer.start(DialerConfig.of(
                        Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunkPort).withoutRegistration())
                .withJournal(journal));
    }

    private StoredDialog next() throws InterruptedException {
        StoredDialog next = told.poll(5, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static SipMessage sent(TrunkCall call, String method) {
        return call.messages().stream()
                .filter(TrunkMessage::fromCaller)
                .map(TrunkMessage::message)
                .filter(message -> message.isRequest(method))
                .findFirst()
                .orElseThrow();
    }
}
