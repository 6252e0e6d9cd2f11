package dev.outdial.dialer.flow;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Where a flow goes on, and what it remembers. */
public sealed interface DecisionAction extends FlowAction {
    /**
     * Goes where a variable says, and empties the variable.
     *
     * @param variable its name
     * @param targetIds where, by its value, in the author's order
     * @param defaultTargetId where for any other value
     */
    record Branch(String variable, Map<String, String> targetIds, Optional<String> defaultTargetId)
            implements DecisionAction {
        /** Copies the targets. */
        public Branch {
            targetIds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(targetIds));
        }
    }

    /**
     * Goes elsewhere.
     *
     * @param loopCount how often in one run of the flow; after that, and where it is 0 or less, the next step comes
     */
    record Goto(String targetId, int loopCount) implements DecisionAction {}

    /** How two values are compared. */
    enum Comparison {
        EQUAL("=="),
        NOT_EQUAL("!="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        LESS("<"),
        LESS_OR_EQUAL("<=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** As it is written in a flow. */
        public String sign() {
            return sign;
        }
    }

    /** What a variable is compared with. */
    sealed interface Value {
        /** Another text. */
        record Text(String text) implements Value {}

        /** A number; a variable that is none is compared as 0. */
        record Number(double number) implements Value {}

        /** How many characters the variable has. */
        record Length(int length) implements Value {}
    }

    /** @param variable a name; where no variable is called so, the text itself is compared */
    record ConditionVariable(Comparison comparison, String variable, Value value, String falseTargetId)
            implements DecisionAction {}

    /**
     * Compares the time, in UTC, field by field.
     *
     * @param minute any where empty, as is each
     * @param weekdays any where none is named
     */
    record ConditionDatetime(
            Comparison comparison,
            OptionalInt minute,
            OptionalInt hour,
            OptionalInt day,
            OptionalInt month,
            Set<DayOfWeek> weekdays,
            String falseTargetId)
            implements DecisionAction {
        /** Copies the days. */
        public ConditionDatetime {
            weekdays = Set.copyOf(weekdays);
        }
    }

    /** Looks at {@link Variables#DIGITS}, without emptying it: whether there are so many, or one of these keys among them. */
    record ConditionCallDigits(OptionalInt length, String keys, String falseTargetId) implements DecisionAction {}

    /** Compares the call's status: dialing, ringing, progressing, terminating, canceling, hangup. */
    record ConditionCallStatus(String status, String falseTargetId) implements DecisionAction {}

    /** Sets a variable. */
    record VariableSet(String key, String value) implements DecisionAction {}

    /** Waits; the far end hears silence. */
    record Sleep(Duration duration) implements DecisionAction {}

    /** Does nothing. */
    record Empty() implements DecisionAction {}

    /** Ends the flow, and with it the call. */
    record Stop() implements DecisionAction {}

    /**
     * Ends the call.
     *
     * @param reason why; the reason of another call where {@code referenceId} names one that is over
     * @param referenceId a Call-ID; empty where none is meant
     */
    record Hangup(HangupReason reason, String referenceId) implements DecisionAction {}
}
