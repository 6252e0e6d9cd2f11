package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.InMemoryLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.retry.RetryPolicy;
import dev.outdial.dialer.trace.CallTrace;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.peer.Heard;
import dev.outdial.testbed.peer.ScriptedPeer;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are placed again: each attempt past the ledger, under the next number. */
@Timeout(60)
class RetriedCallTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final RetryPolicy QUICK =
            RetryPolicy.of(5, Duration.ofMillis(60)).spread(0);

    private final ScriptedPeer peer = ScriptedPeer.open();
    private final LoopbackTrunk good = LoopbackTrunk.builder().start();
    private final List<Attempt> asked = new CopyOnWriteArrayList<>();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final BlockingQueue<CallEvent> events = new LinkedBlockingQueue<>();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
                    Trunk.of("peer", "sip:alice@" + peer.hostPort()).withoutRegistration(),
                    Trunk.of("good", "sip:alice@127.0.0.1:" + good.port()).withoutRegistration())
            .withLedger(new Remembering()));

    @AfterEach
    void close() {
        peer.replyAlways("BYE", 200);
        dialer.close();
        peer.close();
        good.close();
    }

    private CallEvent.Retrying retrying() throws InterruptedException {
        CallEvent event = events.poll(5, TimeUnit.SECONDS);
        while (event != null && !(event instanceof CallEvent.Retrying)) event = events.poll(5, TimeUnit.SECONDS);
        assertThat(event).isInstanceOf(CallEvent.Retrying.class);
        return (CallEvent.Retrying) event;
    }

    private Heard nextInvite(List<String> before) {
        return peer.receive(
                "another INVITE",
                heard -> heard.message().isRequest("INVITE")
                        && !before.contains(heard.message().callId()),
                SOON);
    }

    @Test
    void whoIsBusyIsCalledAgainUntilSomebodyDeclines() throws Exception {
        DialRequest request = DialRequest.over("peer", "2000");
        Call call = dialer.dialWithRetries(request, QUICK, events::add);
        Heard first = nextInvite(List.of());
        peer.reply(first, 486, "a");
        CallEvent.Retrying news = retrying();
        assertThat(news.attempt()).isEqualTo(2);
        assertThat(news.failed().kind()).isEqualTo(OutcomeKind.BUSY);
        Heard second = nextInvite(List.of(first.message().callId()));
        assertThat(second.message().callId()).isEqualTo(news.callId()).isEqualTo(call.id());
        peer.reply(second, 603, "b");

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Rejected.class);
        assertThat(asked).extracting(Attempt::number).containsExactly(1, 2);
        assertThat(asked).extracting(Attempt::requestId).containsOnly(request.requestId());
        assertThat(ledger.open()).isZero();
        // What went over the wire in the first attempt belongs to the call too.
        assertThat(call.trace().entries())
                .filteredOn(entry -> entry.method().equals("INVITE") && entry.status() >= 300)
                .extracting(CallTrace.Entry::callId, CallTrace.Entry::status)
                .containsExactly(
                        tuple(first.message().callId(), 486),
                        tuple(second.message().callId(), 603));
    }

    @Test
    void theAttemptsOverFurtherTrunksUseTheBudgetUpAndAskTheLedgerToo() throws Exception {
        DialRequest request = DialRequest.over("peer", "1002").orOver("good"); // 1002 is busy there
        Call call = dialer.dialWithRetries(
                request, RetryPolicy.of(4, Duration.ofMillis(60)).spread(0), events::add);
        Heard first = nextInvite(List.of());
        peer.reply(first, 503, "a");
        assertThat(retrying().attempt()).isEqualTo(3);
        peer.reply(nextInvite(List.of(first.message().callId())), 503, "b");

        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Busy.class);
        assertThat(asked).extracting(Attempt::number).containsExactly(1, 2, 3, 4);
        assertThat(asked).extracting(Attempt::trunk).containsExactly("peer", "good", "peer", "good");
        assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.BUSY);
    }

    @Test
    void whoHangsUpBetweenTwoAttemptsIsNotCalledAgain() throws Exception {
        Call call = dialer.dialWithRetries(
                DialRequest.over("good", "1002"), RetryPolicy.of(2, Duration.ofMinutes(10)), events::add);
        CallEvent.Retrying news = retrying();
        assertThat(news.when()).isAfter(Instant.now().plusSeconds(400));
        call.hangUp();
        CallOutcome outcome = call.awaitEnd();
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CANCELED);
        assertThat(outcome.reason()).isEqualTo("given up between two attempts");
        assertThat(asked).hasSize(1);
        assertThat(ledger.open()).isZero();
    }

    @Test
    void whatIsAnsweredAtTheSecondAttemptIsACallLikeAnyOther() throws Exception {
        Call call = dialer.dialWithRetries(DialRequest.over("peer", "1001").orOver("good"), QUICK, events::add);
        Heard first = nextInvite(List.of());
        peer.reply(first, 480, "a");
        Heard second = nextInvite(List.of(first.message().callId()));
        peer.reply(second, 503, "b");
        assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
        assertThat(asked).extracting(Attempt::number).containsExactly(1, 2, 3);
        call.hangUp();
        assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.COMPLETED);
        assertThat(asked).hasSize(3);
    }

    /** Remembers who asked. */
    private final class Remembering implements AttemptLedger {
        @Override
        public Admission admit(Attempt attempt, Instant now) {
            asked.add(attempt);
            return ledger.admit(attempt, now);
        }

        @Override
        public void invited(Permit permit) {
            ledger.invited(permit);
        }

        @Override
        public void settled(Permit permit, CallOutcome outcome) {
            ledger.settled(permit, outcome);
        }
    }
}
