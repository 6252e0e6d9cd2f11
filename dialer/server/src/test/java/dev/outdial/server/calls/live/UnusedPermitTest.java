package dev.outdial.server.calls.live;

import static dev.outdial.server.calls.live.LiveBench.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.Attempt;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.store.NodeLease;
import dev.outdial.server.store.QueueTable;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that were granted and whose INVITE did not leave: nobody was called, so they are dialled. */
@Timeout(40)
class UnusedPermitTest {
    private static final Persona CALLEE = Persona.of(
            "answers and hangs up", new Step.Answer(), new Step.Wait(Duration.ofMillis(100)), new Step.HangUp());

    private final CompletableFuture<Boolean> permitted = new CompletableFuture<>();

    @TempDir
    private Path folder = Path.of("");

    private final LoopbackTrunk trunk = LoopbackTrunk.builder()
            .dialPlan(DialPlan.empty().with("2002", CALLEE))
            .start();

    @AfterEach
    void close() {
        trunk.close();
    }

    @Test
    void aCallWhoseInviteHadNotLeftWhenTheServerEndedIsDialledAtTheNextStart() {
        var draining = new CompletableFuture<LiveBench>();
        String id;
        try (LiveBench first = on(firstPermit(permit -> {
            drain(draining.join());
            return permit;
        }))) {
            draining.complete(first);
            id = first.create(to("2002", new CallPlan.Park())).id();
            LiveBench.await(() -> first.get(id), call -> call.attempts() == 1 && call.status() == CallStatus.QUEUED);
        }
        assertThat(trunk.calls()).isEmpty();

        try (LiveBench second = on(ledger -> ledger)) {
            assertDialledOnce(second, id);
        }
    }

    @Test
    void aCallWhosePermitRanOutBeforeItsInviteCouldLeaveIsDialledUnderAnotherOne() {
        try (LiveBench bench = on(firstPermit(permit -> new Permit(permit.attempt(), System.nanoTime() - 1)))) {
            assertDialledOnce(
                    bench, bench.create(to("2002", new CallPlan.Park())).id());
        }
    }

    @Test
    void whatAProcessWithoutItsLeaseHasToSayOfACallThatIsAnothersIsNotHeard() {
        try (LiveBench bench = on(noPermits())) {
            String id = bench.create(to("2002", new CallPlan.Park())).id();
            LiveBench.await(bench.live::figures, figures -> figures.live() == 1);
            try (NodeLease other = NodeLease.enter(bench.store, Duration.ofSeconds(10), () -> {})) {
                var unused = other.buryDead();
                NodeLease.Held held = other.held();
                List<QueueTable.Claim> claimed = bench.store.durably(
                        tables -> tables.queue().claimDue(held.node(), held.fence(), Instant.now(), 10));
                assertThat(claimed).hasSize(1);

                // It waited, was told no at last, and ends the call, as it believes.
                permitted.complete(false);

                LiveBench.await(bench.live::figures, figures -> figures.live() == 0);
                assertThat(bench.get(id).status()).isEqualTo(CallStatus.QUEUED);
                assertThat(bench.types(id)).containsExactly("call.created");
                assertThat(bench.store.<Boolean>read(tables -> tables.queue().isOf(id, held.node())))
                        .isTrue();
            }
        }
    }

    private UnaryOperator<AttemptLedger> noPermits() {
        return beneath -> new AttemptLedger() {
            @Override
            public Admission admit(Attempt attempt, Instant now) {
                permitted.join();
                return new Admission.Refused("guard", "not this one");
            }

            @Override
            public void invited(Permit permit) {}

            @Override
            public void settled(Permit permit, CallOutcome outcome) {}
        };
    }

    private void assertDialledOnce(LiveBench bench, String id) {
        CallRecord over = bench.await(id, CallStatus.HANGUP);
        assertThat(over.outcome()).isEqualTo("completed");
        assertThat(over.attempts()).isEqualTo(2);
        assertThat(bench.types(id))
                .startsWith("call.created", "call.dialing", "call.updated", "call.dialing")
                .endsWith("call.ended");
        assertThat(trunk.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.callId()).isEqualTo(over.sipCallId()));
    }

    private LiveBench on(UnaryOperator<AttemptLedger> between) {
        return LiveBench.on(folder, trunk.port(), 0, between, settings -> settings);
    }

    private static void drain(LiveBench bench) {
        bench.live.stopDialling();
        try {
            boolean unused = bench.dialer.drain(Duration.ZERO);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static UnaryOperator<AttemptLedger> firstPermit(UnaryOperator<Permit> change) {
        var permits = new AtomicInteger();
        return beneath -> new AttemptLedger() {
            @Override
            public Admission admit(Attempt attempt, Instant now) {
                Admission answer = beneath.admit(attempt, now);
                return answer instanceof Permit permit && permits.incrementAndGet() == 1
                        ? change.apply(permit)
                        : answer;
            }

            @Override
            public void invited(Permit permit) {
                beneath.invited(permit);
            }

            @Override
            public void settled(Permit permit, CallOutcome outcome) {
                beneath.settled(permit, outcome);
            }
        };
    }
}
