package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that have to wait for their trunk are placed in the order in which they came. */
@Timeout(60)
class WaitingCallsTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final LoopbackTrunk trunk = LoopbackTrunk.builder().start();
    private final OneGate gate = new OneGate();
    private final Dialer dialer = Dialer.start(DialerConfig.of(
                    Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration())
            .withLedger(gate));

    @AfterEach
    void close() {
        dialer.close();
        trunk.close();
    }

    /** A call that has been told to wait, or stands behind others. */
    private Call waiting(String number) throws InterruptedException {
        Call call = dialer.dial("carrier", number, SOON);
        assertThat(call.awaitEnd(Duration.ofMillis(80))).isEmpty();
        return call;
    }

    @Test
    void firstComeFirstServedAndWhoGivesUpHoldsUpNobody() throws Exception {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) calls.add(waiting("1002"));
        assertThat(gate.whoAsked())
                .containsOnly(calls.getFirst().id()); // the others wait for their turn, not for the time
        calls.get(2).hangUp();
        assertThat(calls.get(2).awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);

        gate.open = true;
        for (Call call : calls) call.awaitEnd();
        calls.remove(2);
        assertThat(gate.permitted)
                .containsExactlyElementsOf(calls.stream().map(Call::id).toList());
        assertThat(trunk.calls()).hasSize(5);
    }

    @Test
    void whoWaitsForSomethingElseHoldsUpNobody() throws Exception {
        Call limited = waiting("1010");
        gate.open = true;
        assertThat(dialer.dial("carrier", "1002", SOON).awaitAnswer()).isInstanceOf(Answer.Busy.class);
        assertThat(limited.awaitEnd(Duration.ofMillis(1))).isEmpty();
        limited.hangUp();
        assertThat(limited.awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
    }

    /** Says "later" to all until it is open, and to 1010 for a reason of its own. */
    private static final class OneGate implements AttemptLedger {
        private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        private final List<String> permitted = new CopyOnWriteArrayList<>();
        private volatile boolean open;

        @Override
        public Admission admit(Attempt attempt, Instant now) {
            asked.add(attempt.callId());
            if (attempt.target().equals("1010")) return new Admission.Later(now.plusMillis(50), "per-number limit");
            if (!open) return new Admission.Later(now.plusMillis(50));
            permitted.add(attempt.callId());
            return new Permit(attempt, System.nanoTime() + TimeUnit.SECONDS.toNanos(10));
        }

        List<String> whoAsked() {
            return List.copyOf(asked);
        }

        @Override
        public void invited(Permit permit) {}

        @Override
        public void settled(Permit permit, CallOutcome outcome) {}
    }
}
