package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.DecisionAction.Comparison;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.Variables;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Where a flow goes on. */
final class Deciding {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");

    /** All variables of a run, names and values: one that is twice itself, again and again, must not fill the memory. */
    private static final int MOST_CHARACTERS = 256 * 1024;

    private Deciding() {}

    static Onward of(Turn turn, FlowStep step, DecisionAction action) {
        return switch (action) {
            case DecisionAction.Branch a -> branch(turn, step, a);
            case DecisionAction.Goto a -> jump(turn, step, a);
            case DecisionAction.ConditionVariable a -> unless(isTrue(a, turn.variables()), a.falseTargetId());
            case DecisionAction.ConditionDatetime a -> unless(isTrue(a, turn.now()), a.falseTargetId());
            case DecisionAction.ConditionCallDigits a -> unless(isTrue(a, turn.digits()), a.falseTargetId());
            case DecisionAction.ConditionCallStatus a ->
                unless(a.status().strip().equals(status(turn)), a.falseTargetId());
            case DecisionAction.VariableSet a -> set(turn, step, a);
            case DecisionAction.Sleep a when !a.duration().isPositive() -> Onward.NEXT;
            case DecisionAction.Sleep a -> Onward.waitIn(new Phase.Sleeping(step, turn.after(a.duration())));
            case DecisionAction.Empty a -> Onward.NEXT;
            case DecisionAction.Stop a -> Onward.end(FlowEnd.STOPPED, "");
            case DecisionAction.Hangup a -> new Onward.End(FlowEnd.HUNG_UP, a.reason(), a.referenceId(), "");
        };
    }

    private static Onward branch(Turn turn, FlowStep step, DecisionAction.Branch a) {
        String value = turn.variables().get(a.variable()).orElse("");
        if (a.variable().equals(Variables.DIGITS)) turn.setDigits("");
        else if (!value.isEmpty()) turn.set(a.variable(), "");
        return Optional.ofNullable(value.isEmpty() ? null : a.targetIds().get(value))
                .or(a::defaultTargetId)
                .<Onward>map(Onward.Jump::new)
                // The value is not told: it may be a secret.
                .orElseGet(() -> turn.failed(
                        step.id(),
                        step.type(),
                        "no target fits the value of " + a.variable() + ", and there is no default one"));
    }

    private static Onward jump(Turn turn, FlowStep step, DecisionAction.Goto a) {
        if (turn.frame().jumpsOf(step.id()) >= a.loopCount()) return Onward.NEXT;
        turn.countJump(step);
        return new Onward.Jump(a.targetId());
    }

    private static Onward set(Turn turn, FlowStep step, DecisionAction.VariableSet a) {
        if (a.key().isBlank()) return turn.passedOver(step, "the variable to set has no name");
        if (a.key().startsWith(Variables.OURS)) {
            return turn.passedOver(step, "names that begin with " + Variables.OURS + " are set by the engine alone");
        }
        if (length(turn.variables()) + a.key().length() + a.value().length() > MOST_CHARACTERS) {
            return turn.passedOver(
                    step, "the variables are longer than " + MOST_CHARACTERS + " characters, with this one");
        }
        turn.set(a.key(), a.value());
        return Onward.NEXT;
    }

    private static long length(Variables variables) {
        return variables.values().entrySet().stream()
                .mapToLong(variable ->
                        variable.getKey().length() + variable.getValue().length())
                .sum();
    }

    private static Onward unless(boolean condition, String falseTargetId) {
        return condition ? Onward.NEXT : new Onward.Jump(falseTargetId);
    }

    private static boolean isTrue(DecisionAction.ConditionVariable a, Variables variables) {
        // A name as it is written, or else a text: ${name} is no name.
        String actual = variables.get(a.variable().strip()).orElseGet(() -> variables.fill(a.variable()));
        return switch (a.value()) {
            case DecisionAction.Value.Text expected -> holds(a.comparison(), actual.compareTo(expected.text()));
            case DecisionAction.Value.Number expected ->
                holds(a.comparison(), Double.compare(number(actual), expected.number() + 0.0));
            case DecisionAction.Value.Length expected ->
                holds(a.comparison(), Integer.compare(actual.codePointCount(0, actual.length()), expected.length()));
        };
    }

    /** What is no number is 0; -0 is 0 too. */
    private static double number(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches() ? Double.parseDouble(stripped) + 0.0 : 0;
    }

    private static boolean isTrue(DecisionAction.ConditionDatetime a, Moment now) {
        var utc = now.instant().atOffset(ZoneOffset.UTC);
        boolean isDay = a.weekdays().isEmpty()
                || a.weekdays().contains(utc.getDayOfWeek()) != (a.comparison() == Comparison.NOT_EQUAL);
        return isDay
                && holds(a.comparison(), utc.getMinute(), a.minute())
                && holds(a.comparison(), utc.getHour(), a.hour())
                && holds(a.comparison(), utc.getDayOfMonth(), a.day())
                && holds(a.comparison(), utc.getMonthValue(), a.month());
    }

    private static boolean holds(Comparison comparison, int actual, OptionalInt expected) {
        return expected.isEmpty() || holds(comparison, Integer.compare(actual, expected.getAsInt()));
    }

    private static boolean holds(Comparison comparison, int sign) {
        return switch (comparison) {
            case EQUAL -> sign == 0;
            case NOT_EQUAL -> sign != 0;
            case GREATER -> sign > 0;
            case GREATER_OR_EQUAL -> sign >= 0;
            case LESS -> sign < 0;
            case LESS_OR_EQUAL -> sign <= 0;
        };
    }

    private static boolean isTrue(DecisionAction.ConditionCallDigits a, String digits) {
        boolean isLong = a.length().isPresent() && digits.length() >= a.length().getAsInt();
        return isLong || digits.chars().anyMatch(digit -> a.keys().indexOf(digit) >= 0);
    }

    /** A flow runs in a call that rings or talks, and in no other. */
    private static String status(Turn turn) {
        return turn.isAnswered() ? "progressing" : "ringing";
    }
}
