package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.NearestWord;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.json.FlowPlaces;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values that a branch looks for and that its variable never has. */
final class DigitsRule {
    /** What the engine says in its own words. */
    private static final Map<String, Set<String>> WORDS = Map.of(
            Variables.AMD, Set.of("HUMAN", "MACHINE", "NOTSURE"),
            Variables.BEEP, Set.of("beep", "silence", "none"),
            Variables.OPTED_OUT, Set.of("true", "false"),
            Variables.PLAYED, Set.of("true", "false"),
            Variables.GATHER_REASON, Set.of("max-digits", "terminating-digit", "inter-digit-timeout", "hung-up"));

    private final PlacedFlow flow;
    private final Told told;
    private final BitSet reached;
    private final List<List<Integer>> before;

    DigitsRule(PlacedFlow flow, Ways ways, Told told) {
        this.flow = flow;
        this.told = told;
        this.reached = ways.reached();
        this.before = ways.before();
    }

    void check() {
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            if (flow.step(i).action() instanceof Branch branch) check(i, branch);
        }
    }

    private void check(int index, Branch branch) {
        Set<String> words = WORDS.get(branch.variable());
        if (words != null) {
            branch.targetIds().keySet().stream()
                    .filter(value -> isPlain(value) && !words.contains(value))
                    .forEach(value -> tell(
                            index,
                            value,
                            "it is one of "
                                    + String.join(", ", words.stream().sorted().toList())
                                    + NearestWord.hint(words, value)));
        }
        if (branch.variable().equals(Variables.DIGITS)) checkDigits(index, branch);
    }

    private void checkDigits(int index, Branch branch) {
        Keys keys = keysBefore(index);
        for (String value : branch.targetIds().keySet()) {
            if (isPlain(value)) {
                notKeys(value).or(() -> keys.whyNot(value)).ifPresent(why -> tell(index, value, why));
            }
        }
    }

    private static boolean isPlain(String value) {
        return !value.contains("${");
    }

    private static Optional<String> notKeys(String value) {
        if (value.isEmpty()) return Optional.of("where no key was pressed it goes to default_target_id");
        if (value.chars().allMatch(key -> Digits.isKey((char) key))) return Optional.empty();
        String meant = value.strip().toUpperCase(java.util.Locale.ROOT);
        boolean near = !meant.isEmpty() && meant.chars().allMatch(key -> Digits.isKey((char) key));
        return Optional.of("keys are 0-9, *, #, A-D" + (near ? " (did you mean \"" + meant + "\"?)" : ""));
    }

    /** What may have been pressed when a step begins: whatever was since the last one that emptied it. */
    private Keys keysBefore(int index) {
        var keys = new Keys(flow);
        var seen = new BitSet();
        var next = new java.util.ArrayDeque<Integer>(before.get(index));
        while (!next.isEmpty()) {
            int at = next.remove();
            if (seen.get(at) || !reached.get(at)) continue;
            seen.set(at);
            if (keys.take(at)) next.addAll(before.get(at));
        }
        return keys;
    }

    private void tell(int index, String value, String why) {
        told.warning(
                FlowPlaces.path(flow.option(index, "target_ids"), value),
                Told.quoted(value) + " never matches: " + why);
    }
}
