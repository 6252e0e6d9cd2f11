package dev.outdial.dialer.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.outcome.Phase;
import dev.outdial.dialer.trunk.CallerOptions;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.media.MediaConfig;
import dev.outdial.media.MediaEngine;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.UserAgentConfig;
import dev.outdial.sip.message.SipUri;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that stood still after it was given a permit: what counts is the clock in the step that sends. Whether an INVITE
 * left is the trunk's word, which is asked something afterwards over the same way.
 */
@Timeout(60)
class PausedProcessTest {
    private static final Duration VALID = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(10);

    /** How far the clock has jumped. */
    private final AtomicLong jumpedNanos = new AtomicLong();

    private final Diary ledger = new Diary();
    private final LoopbackTrunk trunk = LoopbackTrunk.builder().start();
    private final UserAgent userAgent = UserAgent.open(UserAgentConfig.of("Test"));
    private final MediaEngine media = MediaEngine.open(MediaConfig.of(42100, 42139));
    private final Mailboxes mailboxes = new Mailboxes();
    private final EngineRoom room = new EngineRoom(
            userAgent,
            media,
            ledger,
            mailboxes,
            Optional.empty(),
            Optional.empty(),
            this::nowNanos,
            CallJournal.NONE,
            new WaitingLines(),
            Optional.empty());
    private final SipUri busy = SipUri.parse("sip:1002@127.0.0.1:" + trunk.port());
    private final List<CallEvent> events = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        mailboxes.close();
        userAgent.close();
        media.close();
        trunk.close();
    }

    @Test
    void aProcessThatWasPausedPastItsPermitSendsNoInvite() throws Exception {
        OutgoingLeg leg = pausedFor(VALID.plusNanos(1));

        CallOutcome outcome = leg.ended().get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(outcome.phase()).isEqualTo(Phase.NONE);
        assertThat(outcome.sipCode()).isEmpty();
        assertThat(outcome.reason()).isEqualTo("the permit ran out before the INVITE could be sent");
        assertThat(ledger.entries).containsExactly("admit", "settled REFUSED");
        assertThat(events).containsExactly(new CallEvent.Ended(outcome));
        assertThat(invitesSeen()).isZero();
    }

    @Test
    void aProcessThatWasPausedForLessDials() throws Exception {
        OutgoingLeg leg = pausedFor(VALID.minusSeconds(1));

        CallOutcome outcome = leg.ended().get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.BUSY);
        assertThat(ledger.entries).containsExactly("admit", "invited", "settled BUSY");
        assertThat(invitesSeen()).isEqualTo(1);
    }

    /** A leg whose process stands still between its permit and its INVITE, while the clock goes on by so much. */
    private OutgoingLeg pausedFor(Duration pause) {
        var leg = new OutgoingLeg(room, plan(), events::add);
        var unused = leg.placed().thenRun(() -> jumpedNanos.addAndGet(pause.toNanos()));
        Thread.ofVirtual().start(leg);
        return leg;
    }

    /** An answer to OPTIONS shows that the trunk has read what was sent before. */
    private long invitesSeen() throws Exception {
        int status = userAgent
                .options(busy, TrunkLine.locate(userAgent, busy).getFirst())
                .toCompletableFuture()
                .get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(status).isEqualTo(200);
        return trunk.calls().size();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private long nowNanos() {
        return System.nanoTime() + jumpedNanos.get();
    }

    private LegPlan plan() {
        return new LegPlan(
                new Attempt("order-17", 1, "direct", busy.toString(), "paused-1"),
                Optional.empty(),
                busy,
                new CallLimits(Duration.ofSeconds(30), Duration.ofMinutes(10)),
                Optional.of("1000"),
                Optional.empty(),
                WireOptions.DEFAULT,
                CallerOptions.NONE,
                Optional.empty(),
                Optional.empty());
    }

    private final class Diary implements AttemptLedger {
        private final List<String> entries = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Admission admit(Attempt attempt, Instant now) {
            entries.add("admit");
            return new Permit(attempt, nowNanos() + VALID.toNanos());
        }

        @Override
        public void invited(Permit permit) {
            entries.add("invited");
        }

        @Override
        public void settled(Permit permit, CallOutcome outcome) {
            entries.add("settled " + outcome.kind());
        }
    }
}
