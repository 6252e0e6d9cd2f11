package dev.outdial.dialer.flow.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.KeyAction;
import dev.outdial.dialer.flow.KeyPressed;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.record.RecordingFormat;
import dev.outdial.dialer.sound.SoundDirection;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Flows of all actions in any order, to which anything happens at any time. */
class RandomFlowsTest {
    private static final FlowLimits LIMITS = new FlowLimits(20, 50);
    private static final int MOST_EVENTS = 400;

    private int flowsOver;
    private int commandsSeen;
    private int noticedSeen;
    private long givenSeq;
    private long keptSeq;

    @Test
    void whateverHappensItEndsOnceAndDoesNothingAfterThat() {
        long seed = System.nanoTime();
        System.out.println("RandomFlowsTest: seed " + seed);
        for (int i = 0; i < 3000; i++) {
            long each = seed + i;
            try {
                run(new Random(each));
            } catch (Throwable broken) {
                throw new AssertionError("flow of seed " + each, broken);
            }
        }
        // The flows do something, and most of them come to an end.
        assertThat(commandsSeen).isGreaterThan(30_000);
        assertThat(noticedSeen).isGreaterThan(3000);
        assertThat(flowsOver).isGreaterThan(2000);
    }

    private void run(Random random) {
        givenSeq = 0;
        keptSeq = 0;
        long nanos = random.nextLong();
        var begun = FlowMachine.begin(
                flow(random, 0),
                new Variables(Map.of("x", "1", "voipbin.call.id", "c")),
                random.nextBoolean(),
                random.nextBoolean(),
                LIMITS,
                new Moment(nanos, Instant.EPOCH));
        var told = new ArrayList<FlowHappening>();
        var state = take(begun, told);
        for (int i = 0; i < MOST_EVENTS; i++) {
            boolean wasOver = state.isOver();
            nanos += random.nextLong(3_000_000_000L);
            var due = FlowMachine.nextDeadlineNanos(state);
            if (due.isPresent() && random.nextInt(3) == 0) nanos = due.getAsLong();
            var event = event(random, state);
            if (event instanceof FlowEvent.Recorded recorded) {
                keptSeq = Math.max(keptSeq, Math.min(givenSeq, recorded.seq()));
            }
            var step = FlowMachine.step(state, event, new Moment(nanos, Instant.EPOCH));
            if (wasOver) {
                assertThat(step.commands()).isEmpty();
                assertThat(step.next()).isSameAs(state);
                assertThat(due).isEmpty();
                assertThat(state.at()).isEmpty();
            } else {
                state = take(step, told);
                assertThat(state.isOver() || state.at().isPresent()).isTrue();
            }
        }
        if (state.isOver()) flowsOver++;
        assertThat(told).filteredOn(FlowHappening.Started.class::isInstance).hasSize(1);
        assertThat(told).filteredOn(FlowHappening.Ended.class::isInstance).hasSize(state.isOver() ? 1 : 0);
        if (state.isOver()) assertThat(told).last().isInstanceOf(FlowHappening.Ended.class);
        assertThat(state.memory().executions()).isLessThanOrEqualTo(LIMITS.executions() + 1);
    }

    private FlowMachine.State take(FlowMachine.Step step, List<FlowHappening> told) {
        int begun = 0;
        boolean hungUp = false;
        for (FlowCommand command : step.commands()) {
            commandsSeen++;
            // After the call is hung up only the end is told.
            if (hungUp) assertThat(command).isInstanceOf(FlowCommand.Tell.class);
            if (command instanceof FlowCommand.HangUp) hungUp = true;
            if (command instanceof FlowCommand.Tell tell) {
                told.add(tell.happening());
                if (tell.happening() instanceof FlowHappening.StepStarted) begun++;
            }
            if (command instanceof FlowCommand.RecordEntry record) {
                assertThat(record.seq()).isEqualTo(givenSeq + 1);
                givenSeq = record.seq();
            }
            // What was pressed and heard is kept before anybody notices what comes of it.
            if (isNoticed(command)) {
                noticedSeen++;
                assertThat(keptSeq).isEqualTo(givenSeq);
            }
        }
        if (hungUp) assertThat(step.next().isOver()).isTrue();
        assertThat(begun).isLessThanOrEqualTo(LIMITS.steps());
        return step.next();
    }

    private static boolean isNoticed(FlowCommand command) {
        return command instanceof FlowCommand.Sound
                || command instanceof FlowCommand.SendDigits
                || command instanceof FlowCommand.Connect
                || command instanceof FlowCommand.PlaceCalls
                || command instanceof FlowCommand.JoinConference
                || command instanceof FlowCommand.Fetch
                || command instanceof FlowCommand.FetchFlow
                || command instanceof FlowCommand.SendWebhook
                || command instanceof FlowCommand.OptOut;
    }

    private static FlowEvent event(Random random, FlowMachine.State state) {
        long last = state.memory().lastOperation();
        return switch (random.nextInt(14)) {
            case 0, 1 -> new FlowEvent.Key("0123456789*#ABCDx".charAt(random.nextInt(17)));
            case 2, 3, 4, 5 -> new FlowEvent.Done(last, result(random));
            case 6 -> new FlowEvent.Done(random.nextLong(last + 3) - 1, result(random));
            case 7, 8 -> new FlowEvent.Recorded(state.memory().lastSeq());
            case 9 -> new FlowEvent.Recorded(random.nextLong(state.memory().lastSeq() + 3) - 1);
            case 10 -> new FlowEvent.Answered();
            case 11, 12 -> new FlowEvent.Tick();
            default ->
                switch (random.nextInt(60)) {
                    case 0 -> new FlowEvent.CallEnded();
                    case 1 -> new FlowEvent.Cancel();
                    default -> new FlowEvent.Tick();
                };
        };
    }

    private static Result result(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> new Result.Failed("no");
            case 1 -> new Result.Learnt(Map.of("x", "2", Variables.BEEP, "beep"));
            case 2 -> new Result.Who(random.nextBoolean() ? "HUMAN" : "MACHINE");
            case 3 -> new Result.Brought(flow(random, 1));
            case 4 -> new Result.NobodyAnswered("c2");
            default -> new Result.Finished();
        };
    }

    private static Flow flow(Random random, int depth) {
        var steps = new ArrayList<FlowStep>();
        int count = random.nextInt(depth == 0 ? 14 : 5);
        for (int i = 0; i < count; i++) {
            var action = action(random);
            Optional<String> nextId = random.nextInt(12) == 0 ? Optional.of(id(random)) : Optional.empty();
            steps.add(new FlowStep("s" + i, action.getClass().getSimpleName(), action, nextId));
        }
        return new Flow("", steps);
    }

    /** One that mostly exists. */
    private static String id(Random random) {
        return "s" + random.nextInt(7);
    }

    private static Optional<SoundAction> maybeSound(Random random) {
        return random.nextBoolean() ? Optional.of(talk(random)) : Optional.empty();
    }

    private static SoundAction.Talk talk(Random random) {
        return new SoundAction.Talk(
                random.nextInt(5) == 0 ? "${none}" : "words ${x}",
                "en-US",
                Optional.empty(),
                random.nextBoolean() ? KeyPressed.GOES_ON : KeyPressed.IGNORED,
                random.nextInt(4) == 0,
                1,
                0);
    }

    private static Duration time(Random random) {
        return Duration.ofMillis(random.nextInt(5000));
    }

    private static FlowAction action(Random random) {
        var comparison = DecisionAction.Comparison.values()[random.nextInt(6)];
        var anonymous = CallAction.Anonymous.AUTO;
        return switch (random.nextInt(32)) {
            case 0, 1 -> talk(random);
            case 2 -> new SoundAction.Play(List.of("a.wav"), false, 0, KeyPressed.GOES_ON);
            case 3 -> new SoundAction.Beep(1000, time(random));
            case 4, 5 ->
                new KeyAction.DigitsReceive(
                        time(random), OptionalInt.of(random.nextInt(3)), random.nextBoolean() ? "#" : "", false);
            case 6, 7 ->
                new KeyAction.Gather(
                        random.nextBoolean()
                                ? GatherRequest.digits(2)
                                : GatherRequest.digits(3).withoutBargeIn().of("123"),
                        maybeSound(random));
            case 8 -> new KeyAction.DigitsSend(random.nextBoolean() ? "12" : "no", time(random), time(random));
            case 9, 10 ->
                new KeyAction.OptOut(
                        '9',
                        maybeSound(random),
                        time(random),
                        maybeSound(random),
                        random.nextBoolean() ? Optional.of(id(random)) : Optional.empty());
            case 11 -> new DecisionAction.Branch(Variables.DIGITS, Map.of("1", id(random)), Optional.of(id(random)));
            case 12, 13 -> new DecisionAction.Goto(id(random), random.nextInt(200));
            case 14 ->
                new DecisionAction.ConditionVariable(
                        comparison, "x", new DecisionAction.Value.Number(random.nextInt(3)), id(random));
            case 15 ->
                new DecisionAction.ConditionDatetime(
                        comparison,
                        OptionalInt.empty(),
                        OptionalInt.of(0),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Set.of(DayOfWeek.THURSDAY),
                        id(random));
            case 16 -> new DecisionAction.ConditionCallDigits(OptionalInt.of(1), "5", id(random));
            case 17 -> new DecisionAction.ConditionCallStatus("progressing", id(random));
            case 18 -> new DecisionAction.VariableSet("x", String.valueOf(random.nextInt(3)));
            case 19 -> new DecisionAction.Sleep(time(random));
            case 20 -> new DecisionAction.Empty();
            case 21 ->
                random.nextInt(4) == 0 ? new DecisionAction.Stop() : new DecisionAction.Hangup(HangupReason.BUSY, "");
            case 22 -> new CallAction.Answer();
            case 23 ->
                new CallAction.Connect(Optional.empty(), Steps.addresses("+1"), false, random.nextBoolean(), anonymous);
            case 24 ->
                new CallAction.PlaceCalls(
                        Optional.empty(),
                        Steps.addresses("+1"),
                        new CallAction.FlowSource.Stored("f"),
                        false,
                        false,
                        anonymous);
            case 25 -> new CallAction.JoinConference("room");
            case 26 ->
                new CallAction.RecordingStart(
                        RecordingFormat.PCM, Duration.ZERO, "", Duration.ZERO, false, Optional.empty());
            case 27 ->
                random.nextBoolean() ? new CallAction.RecordingStop() : new CallAction.Mute(SoundDirection.BOTH, true);
            case 28 ->
                random.nextBoolean() ? new CallAction.Echo(time(random)) : new CallAction.StreamEcho(time(random));
            case 29 ->
                random.nextInt(3) == 0
                        ? new CallAction.WaitBeep(time(random))
                        : new CallAction.DetectMachine(
                                MachineDetection.DEFAULT, random.nextInt(4) == 0, random.nextBoolean());
            case 30 -> random.nextBoolean() ? new OutsideAction.Fetch("u", "POST") : new OutsideAction.FetchFlow("f");
            default -> new OutsideAction.WebhookSend(random.nextBoolean(), "u", "POST", "", "${x}");
        };
    }
}
