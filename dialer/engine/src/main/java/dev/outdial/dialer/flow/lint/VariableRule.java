package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.DecisionAction.ConditionVariable;
import dev.outdial.dialer.flow.DecisionAction.VariableSet;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.NearestWord;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.Variables;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Variables that are used and that nobody sets. A flow within a flow may use what its outer one sets. */
final class VariableRule {
    /** What the engine sets. */
    private static final Set<String> OURS = Stream.concat(
                    Stream.of(
                            Variables.DIGITS,
                            Variables.AMD,
                            Variables.GATHER_REASON,
                            Variables.BEEP,
                            Variables.OPTED_OUT,
                            Variables.PLAYED,
                            "voipbin.call.id",
                            "voipbin.call.direction",
                            "voipbin.call.master_call_id",
                            "voipbin.activeflow.id",
                            "voipbin.activeflow.reference_type",
                            "voipbin.activeflow.reference_id",
                            "voipbin.activeflow.flow_id",
                            "voipbin.recording.id",
                            "voipbin.recording.format",
                            "voipbin.recording.recording_name",
                            "voipbin.recording.filenames"),
                    Stream.of("source", "destination")
                            .flatMap(who -> Stream.of("name", "detail", "target", "target_name", "type")
                                    .map(what -> "voipbin.call." + who + "." + what)))
            .collect(Collectors.toUnmodifiableSet());

    private final PlacedFlow whole;
    private final Told told;
    private final Set<String> set = new HashSet<>();
    private final Set<String> known = new HashSet<>(OURS);
    /** Whether somebody else's actions, or a name that is put together, may set any. */
    private boolean open;

    VariableRule(PlacedFlow whole, Set<String> variables, Told told) {
        this.whole = whole;
        this.told = told;
        set.addAll(variables);
        learn(whole);
        known.addAll(set);
    }

    private void learn(PlacedFlow flow) {
        for (FlowStep step : flow.flow().steps()) {
            switch (step.action()) {
                case VariableSet variable -> {
                    set.add(variable.key());
                    open |= variable.key().contains("${");
                }
                case OutsideAction.Fetch fetch -> open = true;
                case OutsideAction.FetchFlow fetch -> open = true;
                case FlowAction other -> {}
            }
        }
        flow.inner().forEach(this::learn);
    }

    /** @param texts all texts by their paths */
    void check(Map<String, String> texts) {
        texts.forEach((path, text) -> {
            if (path.startsWith(whole.path() + "[")) checkText(path, text);
        });
        checkNames(whole);
    }

    private void checkText(String path, String text) {
        Variables.namesIn(text).forEach(name -> neverSet(name).ifPresent(sentence -> told.warning(path, sentence)));
        if (text.indexOf('}', Math.max(0, text.lastIndexOf("${"))) < 0 && text.contains("${")) {
            told.warning(path, "a \"${\" is not closed by \"}\", and is kept as it stands");
        }
    }

    private void checkNames(PlacedFlow flow) {
        for (int i = 0; i < flow.size(); i++) {
            String path = flow.option(i, "variable");
            switch (flow.step(i).action()) {
                case Branch branch
                when branch.variable().contains("${") ->
                    told.warning(
                            path,
                            "the name of a variable is expected, without \"${\": its value is looked at, not what it names");
                case Branch branch -> neverSet(branch.variable()).ifPresent(sentence -> told.warning(path, sentence));
                // What is no name is compared itself, and may be meant so.
                case ConditionVariable condition ->
                    nearly(condition.variable()).ifPresent(sentence -> told.warning(path, sentence));
                case FlowAction other -> {}
            }
        }
        flow.inner().forEach(this::checkNames);
    }

    private Optional<String> neverSet(String name) {
        if (name.startsWith(Variables.OURS)) return nearly(name);
        if (open || set.contains(name)) return Optional.empty();
        return Optional.of("nothing sets the variable " + Told.quoted(name) + NearestWord.hint(known, name));
    }

    private Optional<String> nearly(String name) {
        if (known.contains(name) || name.contains("${")) return Optional.empty();
        boolean ours = name.startsWith(Variables.OURS);
        Optional<String> meant = ours ? nearestOfOurs(name) : open ? Optional.empty() : NearestWord.among(known, name);
        return meant.map(
                word -> "nothing sets the variable " + Told.quoted(name) + " (did you mean \"" + word + "\"?)");
    }

    /** Long beginnings in common make no two names alike: where there are names of the same group, only the last word counts. */
    private static Optional<String> nearestOfOurs(String name) {
        String group = name.substring(0, name.lastIndexOf('.') + 1);
        Set<String> words = OURS.stream()
                .filter(one -> one.startsWith(group) && one.indexOf('.', group.length()) < 0)
                .map(one -> one.substring(group.length()))
                .collect(Collectors.toSet());
        return words.isEmpty()
                ? NearestWord.among(OURS, name)
                : NearestWord.among(words, name.substring(group.length())).map(group::concat);
    }
}
