package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.event.TrunkEvent;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trunks come and go while calls do, and somebody is told how they stand. */
@Timeout(60)
class ChangingTrunksTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final DialPlan PLAN =
            DialPlan.standard().with("1", Persona.of("answers and stays", new Step.Answer()));

    private final BlockingQueue<TrunkEvent> told = new LinkedBlockingQueue<>();

    @Test
    void aTrunkThatIsAddedIsRegisteredToldOfAndCalledOver() throws Exception {
        try (LoopbackTrunk carrier = carrier();
                Dialer dialer = Dialer.start(DialerConfig.of())) {
            dialer.onTrunks(told::add);
            assertThatThrownBy(() -> dialer.dial("carrier", "1", SOON)).hasMessageContaining("no trunk");

            dialer.putTrunk(trunk(carrier, "secret"));

            assertThat(next()).isEqualTo(new TrunkEvent.Registered("carrier"));
            assertThat(carrier.isRegistered("alice")).isTrue();
            Call call = dialer.dial("carrier", "1", SOON);
            assertThat(call.awaitAnswer()).isInstanceOf(Answer.Answered.class);
            call.hangUp();
        }
    }

    @Test
    void overATrunkThatIsRemovedCallsGoOnAndNoneBegin() throws Exception {
        try (LoopbackTrunk carrier = carrier();
                Dialer dialer = Dialer.start(DialerConfig.of(trunk(carrier, "secret")))) {
            dialer.awaitRegistered("carrier", SOON);
            Call call = dialer.dial("carrier", "1", SOON);
            call.awaitAnswer();

            assertThat(dialer.removeTrunk("carrier")).isTrue();

            assertThat(dialer.removeTrunk("carrier")).isFalse();
            assertThatThrownBy(() -> dialer.dial("carrier", "1", SOON))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no trunk 'carrier'");
            awaitUnregistered(carrier);
            assertThat(carrier.call(call.id()).orElseThrow().end()).isEmpty();
            call.hangUp();
            assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.COMPLETED);
        }
    }

    @Test
    void aTrunkThatIsRetiredStaysRegisteredUntilItsCallsHaveEnded() throws Exception {
        try (LoopbackTrunk carrier = carrier();
                LoopbackTrunk other = LoopbackTrunk.builder().dialPlan(PLAN).start();
                Dialer dialer = Dialer.start(DialerConfig.of(
                        trunk(carrier, "secret"),
                        Trunk.of("other", "sip:us@127.0.0.1:" + other.port()).withoutRegistration()))) {
            dialer.awaitRegistered("carrier", SOON);
            Call call = dialer.dial("carrier", "1", SOON);
            call.awaitAnswer();
            Call elsewhere = dialer.dial("other", "1", SOON);
            elsewhere.awaitAnswer();

            assertThat(dialer.retireTrunk("carrier")).isTrue();

            assertThat(dialer.retireTrunk("carrier")).isFalse();
            assertThatThrownBy(() -> dialer.dial("carrier", "1", SOON)).hasMessageContaining("no trunk 'carrier'");
            assertThat(carrier.isRegistered("alice")).isTrue();
            call.hangUp();
            assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.COMPLETED);
            // It does not wait for calls over others.
            awaitUnregistered(carrier);

            // One that comes back registers again, and is retired at once where no call goes over it.
            dialer.putTrunk(trunk(carrier, "secret"));
            dialer.awaitRegistered("carrier", SOON);
            assertThat(dialer.retireTrunk("carrier")).isTrue();
            awaitUnregistered(carrier);
            elsewhere.hangUp();
        }
    }

    private static void awaitUnregistered(LoopbackTrunk carrier) throws InterruptedException {
        long latest = System.nanoTime() + SOON.toNanos();
        while (carrier.isRegistered("alice") && System.nanoTime() - latest < 0) Thread.sleep(10);
        assertThat(carrier.isRegistered("alice")).isFalse();
    }

    @Test
    void aTrunkThatFailsIsToldOnceAndAgainWhenItIsReplacedByOneThatDoesNot() throws Exception {
        try (LoopbackTrunk carrier = carrier();
                Dialer dialer = Dialer.start(DialerConfig.of(trunk(carrier, "wrong")))) {
            assertThatThrownBy(() -> dialer.awaitRegistered("carrier", SOON)).isInstanceOf(DialerException.class);
            dialer.onTrunks(told::add);
            assertThat(next()).isInstanceOfSatisfying(TrunkEvent.Failed.class, failed -> {
                assertThat(failed.trunk()).isEqualTo("carrier");
                assertThat(failed.sipCode()).isNotEqualTo(OptionalInt.empty());
                assertThat(failed.why()).contains("does not accept this user and password");
            });

            dialer.putTrunk(trunk(carrier, "secret"));

            assertThat(next()).isEqualTo(new TrunkEvent.Registered("carrier"));
            dialer.putTrunk(trunk(carrier, "secret"));
            assertThat(told.poll(300, TimeUnit.MILLISECONDS))
                    .as("the same trunk")
                    .isNull();
        }
    }

    private TrunkEvent next() throws InterruptedException {
        TrunkEvent next = told.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private static LoopbackTrunk carrier() {
        return LoopbackTrunk.builder().user("alice", "secret").dialPlan(PLAN).start();
    }

    private static Trunk trunk(LoopbackTrunk carrier, String password) {
        return Trunk.of("carrier", "sip:alice@127.0.0.1:" + carrier.port()).withCredentials("alice", password);
    }
}
