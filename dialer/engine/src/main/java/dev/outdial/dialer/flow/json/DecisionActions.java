package dev.outdial.dialer.flow.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.DecisionAction.Comparison;
import dev.outdial.dialer.flow.DecisionAction.ConditionCallDigits;
import dev.outdial.dialer.flow.DecisionAction.ConditionCallStatus;
import dev.outdial.dialer.flow.DecisionAction.ConditionDatetime;
import dev.outdial.dialer.flow.DecisionAction.ConditionVariable;
import dev.outdial.dialer.flow.DecisionAction.Goto;
import dev.outdial.dialer.flow.DecisionAction.Hangup;
import dev.outdial.dialer.flow.DecisionAction.Sleep;
import dev.outdial.dialer.flow.DecisionAction.Value;
import dev.outdial.dialer.flow.DecisionAction.VariableSet;
import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.Variables;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads where a flow goes on, and what it remembers. */
final class DecisionActions {
    private static final Map<String, Comparison> COMPARISONS =
            Arrays.stream(Comparison.values()).collect(Collectors.toMap(Comparison::sign, Function.identity()));
    private static final Map<String, HangupReason> REASONS =
            Arrays.stream(HangupReason.values()).collect(Collectors.toMap(HangupReason::word, Function.identity()));
    private static final Map<String, String> STATUSES = Stream.of(
                    "dialing", "ringing", "progressing", "terminating", "canceling", "hangup")
            .collect(Collectors.toMap(Function.identity(), Function.identity()));
    /** Kinds of values, with the option that holds each. */
    private static final Map<String, String> VALUES =
            Map.of("string", "value_string", "number", "value_number", "length", "value_length");

    private DecisionActions() {}

    static Branch branch(Options options) {
        Map<String, String> targets = options.textsByName("target_ids");
        Optional<String> other = options.id("default_target_id");
        if (!options.has("target_ids") && other.isEmpty()) {
            options.error("target_ids", "an object of values, each with the id of an action, is expected here");
        }
        return new Branch(options.written("variable").map(String::strip).orElse(Variables.DIGITS), targets, other);
    }

    static Goto jump(Options options) {
        return new Goto(options.requiredId("target_id"), options.whole("loop_count", 0, -1_000_000, 1_000_000));
    }

    static ConditionVariable conditionVariable(Options options) {
        return new ConditionVariable(
                comparison(options), options.requiredText("variable"), value(options), falseTarget(options));
    }

    private static Comparison comparison(Options options) {
        if (!options.has("condition")) options.error("condition", "one of ==, !=, >, >=, <, <= is expected here");
        return options.word("condition", Comparison.EQUAL, COMPARISONS);
    }

    private static String falseTarget(Options options) {
        return options.requiredId("false_target_id");
    }

    private static Value value(Options options) {
        // Clients write all three and mean the one that the type names.
        List<String> written = VALUES.values().stream().filter(options::has).toList();
        String usual = written.size() == 1 ? written.getFirst() : VALUES.get("string");
        String key = options.word("value_type", String.valueOf(usual), VALUES);
        return switch (key) {
            case "value_number" -> new Value.Number(options.decimal(key, 0, -1e15, 1e15));
            case "value_length" -> new Value.Length(options.whole(key, 0, 0, 1_000_000));
            default -> new Value.Text(options.text(key).orElse(""));
        };
    }

    static ConditionDatetime conditionDatetime(Options options) {
        return new ConditionDatetime(
                comparison(options),
                field(options, "minute", 0, 59),
                field(options, "hour", 0, 23),
                field(options, "day", 1, 31),
                field(options, "month", 1, 12),
                weekdays(options),
                falseTarget(options));
    }

    /** Any where it is absent or -1; where 0 is none of the values, for 0 too. */
    private static OptionalInt field(Options options, String key, int least, int most) {
        OptionalInt value = options.whole(key, -1, most);
        return value.isPresent() && value.getAsInt() < least ? OptionalInt.empty() : value;
    }

    /** 0 is Sunday. */
    private static Set<DayOfWeek> weekdays(Options options) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        options.elements("weekdays", 7)
                .forEach((where, value) -> weekday(value)
                        .ifPresentOrElse(
                                days::add,
                                () -> options.findings()
                                        .error(
                                                where,
                                                "a day from 0 (Sunday) to 6 (Saturday) is expected, and this is "
                                                        + Options.kind(value))));
        return days;
    }

    private static Optional<DayOfWeek> weekday(JsonNode value) {
        String written = value.isInt() || value.isTextual() ? value.asText().strip() : "";
        if (!written.matches("[0-6]")) return Optional.empty();
        int day = written.charAt(0) - '0';
        return Optional.of(day == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(day));
    }

    static ConditionCallDigits conditionCallDigits(Options options) {
        OptionalInt length = options.whole("length", 0, 256);
        String keys = KeyActions.keysOrVariable(options, "key");
        OptionalInt some = length.isPresent() && length.getAsInt() == 0 ? OptionalInt.empty() : length;
        if (some.isEmpty() && keys.isEmpty() && !options.has("length") && !options.has("key")) {
            options.error("length", "a length, or a key, is expected here");
        }
        return new ConditionCallDigits(some, keys, falseTarget(options));
    }

    static ConditionCallStatus conditionCallStatus(Options options) {
        String status = options.requiredText("status").strip();
        boolean open = status.isEmpty() || status.contains("${");
        return new ConditionCallStatus(open ? status : options.word("status", "", STATUSES), falseTarget(options));
    }

    static VariableSet variableSet(Options options) {
        String key = options.requiredText("key").strip();
        if (key.startsWith(Variables.OURS)) {
            options.warning("key", "names that begin with " + Variables.OURS + " are the engine's own");
        }
        return new VariableSet(key, options.text("value").orElse(""));
    }

    static Sleep sleep(Options options) {
        return new Sleep(options.requiredMillis("duration"));
    }

    static Hangup hangup(Options options) {
        return new Hangup(
                options.word("reason", HangupReason.NORMAL, REASONS),
                options.id("reference_id").orElse(""));
    }
}
