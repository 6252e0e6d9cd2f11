package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.DecisionAction;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.KeyAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ways on from a step that has several. */
final class Ways {
    static final String DEFAULT = "default";
    static final String TAKEN = "taken";
    static final String NOT_TAKEN = "not taken";
    static final String TRUE = "true";
    static final String FALSE = "false";
    static final String PRESSED = "pressed";
    static final String NOT_PRESSED = "not pressed";
    static final String ANSWERED = "answered";
    static final String NOT_ANSWERED = "not answered";

    private Ways() {}

    /** All of them, each with where it stands in the JSON below its action; none where there is but one. */
    static Map<String, String> of(FlowAction action) {
        var ways = new LinkedHashMap<String, String>();
        switch (action) {
            case DecisionAction.Branch branch -> {
                branch.targetIds().keySet().forEach(key -> ways.put(key(key), "option.target_ids." + key));
                if (branch.defaultTargetId().isPresent()) ways.put(DEFAULT, "option.default_target_id");
            }
            case DecisionAction.Goto jump
            when jump.loopCount() > 0 -> {
                ways.put(TAKEN, "option.target_id");
                ways.put(NOT_TAKEN, "option.loop_count");
            }
            case DecisionAction.ConditionVariable condition -> condition(ways);
            case DecisionAction.ConditionDatetime condition -> condition(ways);
            case DecisionAction.ConditionCallDigits condition -> condition(ways);
            case DecisionAction.ConditionCallStatus condition -> condition(ways);
            case KeyAction.OptOut offer -> {
                ways.put(PRESSED, "option.key");
                ways.put(NOT_PRESSED, "option.duration");
            }
            case CallAction.Connect connect -> {
                ways.put(ANSWERED, "option.destinations");
                ways.put(NOT_ANSWERED, "option.destinations");
            }
            case CallAction.DetectMachine detect -> {
                for (CallerLine.Who who : CallerLine.Who.values()) ways.put(who.result(), "option");
            }
            case CallAction.WaitBeep wait -> {
                for (String how : List.of("beep", "silence", "none")) ways.put(how, "option");
            }
            default -> {}
        }
        return ways;
    }

    private static void condition(Map<String, String> ways) {
        ways.put(TRUE, "option.condition");
        ways.put(FALSE, "option.false_target_id");
    }

    /** What the way of a key is called. */
    static String key(String key) {
        return "\"" + key + "\"";
    }

    /** Which way it was where the flow jumped. */
    static String jumped(FlowAction action, String target, List<String> values) {
        return switch (action) {
            case DecisionAction.Branch branch -> branched(branch, target, values);
            case DecisionAction.Goto jump -> TAKEN;
            case KeyAction.OptOut offer -> PRESSED;
            default -> FALSE;
        };
    }

    /** Several keys may lead to one step: it was the one that the variable held. */
    private static String branched(DecisionAction.Branch branch, String target, List<String> values) {
        List<String> keys = branch.targetIds().entrySet().stream()
                .filter(entry -> entry.getValue().equals(target))
                .map(Map.Entry::getKey)
                .toList();
        boolean isDefault = branch.defaultTargetId().filter(target::equals).isPresent();
        if (keys.size() == 1 && !isDefault) return key(keys.getFirst());
        Optional<String> held = values.stream().filter(keys::contains).findFirst();
        if (held.isPresent()) return key(held.get());
        return isDefault || keys.isEmpty() ? DEFAULT : key(keys.getFirst());
    }

    /** Which way it was where the flow simply went on; empty where that says nothing. */
    static Optional<String> wentOn(FlowAction action) {
        return switch (action) {
            case DecisionAction.Goto jump when jump.loopCount() > 0 -> Optional.of(NOT_TAKEN);
            case DecisionAction.ConditionVariable condition -> Optional.of(TRUE);
            case DecisionAction.ConditionDatetime condition -> Optional.of(TRUE);
            case DecisionAction.ConditionCallDigits condition -> Optional.of(TRUE);
            case DecisionAction.ConditionCallStatus condition -> Optional.of(TRUE);
            case KeyAction.OptOut offer -> Optional.of(NOT_PRESSED);
            default -> Optional.empty();
        };
    }
}
