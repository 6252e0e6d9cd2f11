package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that go on over another trunk, or where a 3xx sends them: each attempt past the ledger. */
@Timeout(60)
class DetourTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ScriptedPeer broken = ScriptedPeer.open();
    private final LoopbackTrunk good =
            LoopbackTrunk.builder().user("alice", "wonder").start();
    private final List<Attempt> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
                    Trunk.of("broken", "sip:alice@" + broken.hostPort()).withoutRegistration(),
                    Trunk.of("good", "sip:alice@127.0.0.1:" + good.port())
                            .withPassword("wonder")
                            .withoutRegistration())
            .withLedger(new Remembering(new InMemoryLedger())));

    @AfterEach
    void close() {
        broken.replyAlways("BYE", 200);
        dialer.close();
        broken.close();
        good.close();
    }

    @Test
    void aTrunkThatFailsIsFollowedByTheNextAndTheLedgerIsAskedAgain() throws Exception {
        Call call =
                dialer.dial(DialRequest.over("broken", "1001").orOver("good").ringingFor(SOON), events::add);
        Heard invite = broken.receive("INVITE", SOON);
        String firstId = call.id();
        broken.reply(invite, 503, "x");

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        assertThat(call.id()).isNotEqualTo(firstId);
        assertThat(call.outcome()).isEmpty();
        call.hangUp();
        CallOutcome outcome = call.awaitEnd();
        assertThat(call.outcome()).hasValue(outcome);

        assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(asked).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(asked).extracting(Attempt::trunk).containsExactly("broken", "good");
        var heard = new ArrayList<CallEvent>();
        while (heard.isEmpty() || !(heard.getLast() instanceof CallEvent.Ended)) heard.add(events.take());
        assertThat(heard).filteredOn(CallEvent.Detour.class::isInstance).hasSize(1);
        assertThat(events).isEmpty();
    }

    @Test
    void whoDeclinesIsNotCalledOverAnotherTrunk() throws Exception {
        Call call = dialer.dial(DialRequest.over("broken", "1001").orOver("good"));
        broken.reply(broken.receive("INVITE", SOON), 603, "x");

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Rejected.class);
        assertThat(asked).hasSize(1);
        assertThat(good.calls()).isEmpty();
    }

    @Test
    void aRedirectionIsFollowedWhereThatIsAllowed() throws Exception {
        Call call = dialer.dial(DialRequest.over("broken", "1000").followingRedirects(1));
        Heard invite = broken.receive("INVITE", SOON);
        broken.reply(invite, 302, "x", reply -> reply.replace("Contact", "<sip:2000@" + broken.hostPort() + ">"));
        Heard second = broken.receive(
                "the redirected INVITE",
                heard -> heard.message().isRequest("INVITE")
                        && heard.message().requestUri().contains("2000"),
                SOON);
        broken.reply(second, 486, "y");

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Busy.class);
        assertThat(asked).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(second.message().callId()).isNotEqualTo(invite.message().callId());
    }

    @Test
    void aRedirectionIsNotFollowedUnasked() throws Exception {
        Call call = dialer.dial(DialRequest.over("broken", "1000"));
        broken.reply(
                broken.receive("INVITE", SOON),
                302,
                "x",
                reply -> reply.replace("Contact", "<sip:2000@" + broken.hostPort() + ">"));

        Answer answer = call.awaitAnswer();
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(call.awaitEnd().sipCode()).hasValue(302);
        assertThat(asked).hasSize(1);
    }

    @Test
    void whoGivesUpIsNotTakenFurther() throws Exception {
        Call call = dialer.dial(DialRequest.over("broken", "1001").orOver("good"));
        Heard invite = broken.receive("INVITE", SOON);
        broken.reply(invite, 100, "");
        call.hangUp();
        Heard cancel = broken.receive("CANCEL", SOON);
        broken.reply(cancel, 200, "x");
        broken.reply(invite, 503, "x");

        call.awaitEnd();
        assertThat(asked).hasSize(1);
    }

    @Test
    void anUnknownFurtherTrunkIsRefusedAtOnce() {
        assertThatThrownBy(() -> dialer.dial(DialRequest.over("broken", "1001").orOver("nowhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nowhere");
    }

    /** Remembers who asked. */
    private final class Remembering implements AttemptLedger {
        private final AttemptLedger inner;

        Remembering(AttemptLedger inner) {
            this.inner = inner;
        }

        @Override
        public Admission admit(Attempt attempt, Instant now) {
            asked.add(attempt);
            return inner.admit(attempt, now);
        }

        @Override
        public void invited(Permit permit) {
            inner.invited(permit);
        }

        @Override
        public void settled(Permit permit, CallOutcome outcome) {
            inner.settled(permit, outcome);
        }
    }
}
