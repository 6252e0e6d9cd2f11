package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.DecisionAction.Branch;
import dev.outdial.dialer.flow.DecisionAction.VariableSet;
import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.KeyAction.DigitsReceive;
import dev.outdial.dialer.flow.KeyAction.Gather;
import dev.outdial.dialer.flow.OutsideAction;
import dev.outdial.dialer.flow.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which keys may be there when a step looks at them; learns it going backwards. Where in doubt, any. */
final class Keys {
    private final PlacedFlow flow;
    private final List<Integer> takers = new ArrayList<>();
    private final List<DigitsReceive> received = new ArrayList<>();
    private final List<Gather> gathered = new ArrayList<>();
    private boolean anything;
    private boolean single;

    Keys(PlacedFlow flow) {
        this.flow = flow;
    }

    /**
     * Takes what a step leaves.
     *
     * @return whether steps before it count too
     */
    boolean take(int index) {
        FlowAction action = flow.step(index).action();
        switch (action) {
            case DigitsReceive receive -> {
                received.add(receive);
                anything |= receive.keys().contains("${");
                takers.add(index);
            }
            case Gather gather -> {
                gathered.add(gather);
                takers.add(index);
                return false;
            }
            case Branch branch
            when branch.variable().equals(Variables.DIGITS) -> {
                return false;
            }
            case VariableSet set -> anything |= isDigits(set.key());
            // Somebody else's actions may take keys.
            case OutsideAction.Fetch fetch -> anything = true;
            case OutsideAction.FetchFlow fetch -> anything = true;
            // A key that nobody waits for takes the place of all before it.
            case FlowAction other -> single |= Ways.waits(other);
        }
        return true;
    }

    private static boolean isDigits(String name) {
        return name.equals(Variables.DIGITS) || name.contains("${");
    }

    /** Why these keys cannot be there; empty where they can. */
    Optional<String> whyNot(String keys) {
        if (anything) return Optional.empty();
        boolean one = keys.length() == 1;
        if (one && (single || gathered.isEmpty())) return Optional.empty();
        if (takers.isEmpty()) return Optional.of("no action before it takes more than one key");
        int most = Stream.concat(
                        received.stream().map(DigitsReceive::length),
                        gathered.stream().map(gather -> gather.request().maxDigits()))
                .mapToInt(length -> length.orElse(Integer.MAX_VALUE))
                .max()
                .orElseThrow();
        if (keys.length() > most)
            return Optional.of("at most " + most + (most == 1 ? " key is" : " keys are") + " taken by " + names());
        boolean can = received.size() > 1
                || received.stream().anyMatch(receive -> leaves(receive, keys))
                || gathered.stream().anyMatch(gather -> leaves(gather, keys));
        return can ? Optional.empty() : Optional.of(names() + " never leaves these keys");
    }

    private static boolean leaves(DigitsReceive receive, String keys) {
        int end = firstOf(receive.keys(), keys);
        boolean fits = isWithin(receive.length(), keys);
        return fits && (end < 0 || receive.includeKey() && end == keys.length() - 1);
    }

    private static boolean leaves(Gather gather, String keys) {
        boolean allowed =
                keys.chars().allMatch(key -> gather.request().allowedKeys().indexOf(key) >= 0);
        return allowed
                && isWithin(gather.request().maxDigits(), keys)
                && firstOf(gather.request().terminatingKeys(), keys) < 0;
    }

    private static boolean isWithin(OptionalInt length, String keys) {
        return keys.length() <= length.orElse(Integer.MAX_VALUE);
    }

    /** Where the first of some keys stands; -1 where none does. */
    private static int firstOf(String some, String keys) {
        for (int i = 0; i < keys.length(); i++) {
            if (some.indexOf(keys.charAt(i)) >= 0) return i;
        }
        return -1;
    }

    private String names() {
        return takers.stream().sorted().map(flow::path).collect(Collectors.joining(", "));
    }
}
