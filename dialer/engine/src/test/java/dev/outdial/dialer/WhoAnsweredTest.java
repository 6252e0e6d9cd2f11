package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.dialer.detect.DecidedBy;
import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.detect.WhoAnswered;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who answers, by the sound of the callees on the loopback trunk. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class WhoAnsweredTest {
    private static final DialPlan PLAN = DialPlan.standard()
            .with(
                    "2000",
                    Persona.of(
                            "announces before the answer, then gives up",
                            new Step.EarlyMedia(),
                            new Step.Wait(Duration.ofSeconds(1)),
                            new Step.Say(Prompt.WELCOME_WAV),
                            new Step.Refuse(480)));

    private final LoopbackTrunk trunk = LoopbackTrunk.builder().dialPlan(PLAN).start();
    private final List<CallEvent> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeTrunk() {
        trunk.close();
    }

    private Dialer dialer() {
        return Dialer.start(DialerConfig.of(
                Trunk.of("carrier", "sip:alice@127.0.0.1:" + trunk.port()).withoutRegistration()));
    }

    @Tag("slow")
    @Test
    void aLongGreetingIsAMachinesAndItsEndIsTold() throws Exception {
        try (Dialer dialer = dialer()) {
            Call call = dialer.dial(
                    DialRequest.over("carrier", "1012").detectingMachines(MachineDetection.DEFAULT), heard::add);

            Detected who = call.detectMachine();

            assertThat(who.verdict()).as(who.toString()).isEqualTo(WhoAnswered.MACHINE);
            assertThat(who.evidence().decidedBy()).isEqualTo(DecidedBy.LONG_GREETING);
            assertThat(who.evidence().beforeAnswer()).isFalse();
            assertThat(call.awaitGreetingEnd()).contains(GreetingEnd.SILENCE);
            call.hangUp();
            CallOutcome outcome = call.awaitEnd();
            assertThat(outcome.kind()).isEqualTo(OutcomeKind.COMPLETED);
            // Asked again, the same is said after the end too.
            assertThat(call.detectMachine()).isEqualTo(who);
        }
        assertThat(heard)
                .filteredOn(CallEvent.MachineDetected.class::isInstance)
                .hasSize(1);
        assertThat(heard).filteredOn(CallEvent.GreetingEnded.class::isInstance).hasSize(1);
    }

    @Test
    void whereNobodySpeaksThereIsNoGreetingToWaitFor() throws Exception {
        try (Dialer dialer = dialer()) {
            Call call = dialer.dial("carrier", "1001", Duration.ofSeconds(10));

            Detected who = call.detectMachine(MachineDetection.DEFAULT.waitingForAWord(Duration.ofMillis(1500)));

            assertThat(who.verdict()).isEqualTo(WhoAnswered.SILENCE);
            assertThat(who.evidence().decidedAtMillis()).isBetween(1500L, 1600L);
            assertThat(call.awaitGreetingEnd()).isEmpty();
            call.hangUp();
            call.awaitEnd();
        }
    }

    @Test
    void anAnnouncementInEarlyMediaIsHeardBeforeTheAnswer() throws Exception {
        try (Dialer dialer = dialer()) {
            Call call = dialer.dial(DialRequest.over("carrier", "2000")
                    .detectingMachines(MachineDetection.DEFAULT.hearingEarlyMedia()));

            Detected who = call.detectMachine();

            assertThat(who.verdict()).as(who.toString()).isEqualTo(WhoAnswered.MACHINE);
            assertThat(who.evidence().beforeAnswer()).isTrue();
            call.hangUp();
            assertThat(call.awaitEnd().kind()).isEqualTo(OutcomeKind.CANCELED);
        }
    }

    @Test
    void whoWaitsForAVerdictIsToldWhenTheCallEndsFirst() throws Exception {
        try (Dialer dialer = dialer()) {
            Call call = dialer.dial("carrier", "1002", Duration.ofSeconds(10));

            assertThatThrownBy(() -> call.detectMachine()).isInstanceOf(CallEndedException.class);
        }
    }
}
