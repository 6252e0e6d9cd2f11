package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.journal.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One event and what comes of it: what the run knows changes here, and what is to be done is put together. Mutable; lives as long as the event
 * is taken, and nobody else sees it.
 */
final class Turn {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Moment now;
    private final FlowLimits limits;
    private final boolean ours;
    private final List<FlowCommand> commands = new ArrayList<>();
    private final Map<Long, FlowStep> background;
    private boolean answered;
    private Variables variables;
    private boolean typedAhead;
    private Frame frame;
    private long lastOperation;
    private long lastSeq;
    private long keptSeq;
    private int executions;
    private int stepsInARow;

    Turn(Memory memory, Moment now) {
        this.now = now;
        this.limits = memory.limits();
        this.ours = memory.ours();
        this.background = new HashMap<>(memory.background());
        this.answered = memory.answered();
        this.variables = memory.variables();
        this.typedAhead = memory.typedAhead();
        this.frame = memory.frame();
        this.lastOperation = memory.lastOperation();
        this.lastSeq = memory.lastSeq();
        this.keptSeq = memory.keptSeq();
        this.executions = memory.executions();
        this.stepsInARow = memory.stepsInARow();
    }

    private Memory memory() {
        return new Memory(
                limits,
                ours,
                answered,
                variables,
                typedAhead,
                frame,
                lastOperation,
                lastSeq,
                keptSeq,
                executions,
                stepsInARow,
                background);
    }

    /** Goes there, through all the steps that do not wait. */
    FlowMachine.Step follow(Onward first) {
        Onward onward = first;
        while (true) {
            switch (onward) {
                case Onward.Wait wait -> {
                    return stay(wait.phase());
                }
                case Onward.End end -> {
                    command(new FlowCommand.HangUp(end.reason(), end.referenceId()));
                    return over(end.end(), end.why());
                }
                case Onward.Next next -> onward = arrive(frame.after());
                case Onward.Jump jump -> onward = jump(jump.targetId());
                case Onward.Enter enter -> onward = enter(enter);
            }
        }
    }

    /** Waits, or goes on waiting. */
    FlowMachine.Step stay(Phase phase) {
        return new FlowMachine.Step(new FlowMachine.State(memory(), phase), List.copyOf(commands));
    }

    /** Ends it without a word to the call. */
    FlowMachine.Step over(FlowEnd end, String why) {
        tell(new FlowHappening.Ended(end, why));
        return stay(new Phase.Over(end));
    }

    private Onward arrive(Frame.Found found) {
        return switch (found) {
            case Frame.Found.At at -> {
                frame = at.frame();
                yield take(frame.step().orElseThrow());
            }
            case Frame.Found.NoSuch none -> failed(none.stepId(), none.type(), noSuch(none.targetId()));
            case Frame.Found.Nothing nothing -> Onward.end(FlowEnd.COMPLETED, "");
        };
    }

    private Onward jump(String targetId) {
        FlowStep from = frame.step().orElseThrow();
        var target = frame.target(targetId);
        if (target.isEmpty()) return failed(from.id(), from.type(), noSuch(targetId));
        tell(new FlowHappening.Jumped(from.id(), targetId));
        return arrive(new Frame.Found.At(target.get()));
    }

    private Onward enter(Onward.Enter enter) {
        if (frame.depth() + 1 > Frame.DEEPEST) {
            return Onward.end(FlowEnd.LIMIT, "more than " + Frame.DEEPEST + " flows within one another");
        }
        frame = frame.enter(enter.flow());
        return arrive(frame.after());
    }

    private Onward take(FlowStep step) {
        if (executions > limits.executions()) {
            return Onward.end(FlowEnd.LIMIT, "gone on with more than " + limits.executions() + " times");
        }
        stepsInARow++;
        if (stepsInARow > limits.steps()) {
            return Onward.end(FlowEnd.LIMIT, "more than " + limits.steps() + " actions in a row without waiting");
        }
        if (StepKind.isNoticed(step.action()) && !isAllKept()) return Onward.waitIn(new Phase.AwaitingRecord(step));
        return begin(step);
    }

    /** Begins a step. */
    Onward begin(FlowStep step) {
        tell(new FlowHappening.StepStarted(step.id(), step.type()));
        return Beginning.of(this, step);
    }

    private static String noSuch(String targetId) {
        return "no action has the id \"" + targetId + "\"";
    }

    /** A step that others depend on could not do what it should. */
    Onward failed(String stepId, String type, String why) {
        tell(new FlowHappening.StepFailed(stepId, type, why));
        return Onward.end(FlowEnd.FAILED, "action \"" + stepId + "\" (" + type + "): " + why);
    }

    /** A step could not do what it should; the call goes on. */
    Onward passedOver(FlowStep step, String why) {
        tell(new FlowHappening.StepFailed(step.id(), step.type(), why));
        return Onward.NEXT;
    }

    void command(FlowCommand command) {
        commands.add(command);
    }

    void tell(FlowHappening happening) {
        command(new FlowCommand.Tell(happening));
    }

    /** The number of something else to be done. */
    long operation() {
        return ++lastOperation;
    }

    /** What this is, goes on beside later steps. */
    void letGoOn(long operation, FlowStep step) {
        background.put(operation, step);
    }

    /** Which step it belonged to, if it went on beside others. */
    Optional<FlowStep> backgroundOver(long operation) {
        return Optional.ofNullable(background.remove(operation));
    }

    /** Forgets what goes on beside the present step, where it belongs to such a one; says whether there was any. */
    boolean removeFromBackground(Predicate<FlowStep> ofWhich) {
        return background.values().removeIf(ofWhich);
    }

    /** Has the journal keep that a step is done. */
    void record(FlowStep step, String digits) {
        command(new FlowCommand.RecordEntry(++lastSeq, new JournalEntry.StepDone(step.id(), digits)));
    }

    /** The journal has kept what came up to this. */
    void kept(long seq) {
        keptSeq = Math.max(keptSeq, Math.min(seq, lastSeq));
    }

    boolean isAllKept() {
        return keptSeq == lastSeq;
    }

    /** A step was waited for. */
    void goneOnWith() {
        executions++;
        stepsInARow = 0;
    }

    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Whether nothing can be said before we answer. */
    boolean mustAnswer() {
        return !ours && !answered;
    }

    Variables variables() {
        return variables;
    }

    void set(String name, String value) {
        variables = variables.with(name, value);
    }

    String digits() {
        return variables.get(Variables.DIGITS).orElse("");
    }

    /** What a step made of the keys. */
    void setDigits(String digits) {
        set(Variables.DIGITS, digits);
        typedAhead = false;
    }

    /** A key that nobody waits for: the last one counts. */
    void typedAhead(char key) {
        set(Variables.DIGITS, String.valueOf(key));
        typedAhead = true;
    }

    /** The last key where no step has looked at it; else nothing. */
    String digitsTypedAhead() {
        return typedAhead ? digits() : "";
    }

    /** Whether this is the last key, and no step has looked at it. */
    boolean isTypedAhead(char key) {
        return typedAhead && digits().equals(String.valueOf(key));
    }

    Frame frame() {
        return frame;
    }

    void countJump(FlowStep step) {
        frame = frame.withJumpOf(step.id());
    }

    Moment now() {
        return now;
    }

    /** When so much time will have passed. */
    long after(Duration duration) {
        return now.nanos() + (duration.compareTo(FOR_EVER) < 0 ? duration : FOR_EVER).toNanos();
    }

    /** Whether it is that late. */
    boolean isDue(long deadlineNanos) {
        return now.nanos() - deadlineNanos >= 0;
    }
}
