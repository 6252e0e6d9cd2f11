package dev.outdial.media;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who hears whom: those who do, directly or through others, are carried by one loop, and move together. <b>Threading:</b> one owner.
 *
 * @param <T> what is joined, by identity as {@code equals} has it
 */
final class Companions<T> {
    /** How often each is joined with each other: a pair may be in a bridge and in a conference. */
    private final Map<T, Map<T, Integer>> joined = new HashMap<>();

    void join(T one, T other) {
        count(one, other, 1);
        count(other, one, 1);
    }

    /** Undoes one {@link #join}; nothing where there is none. */
    void part(T one, T other) {
        count(one, other, -1);
        count(other, one, -1);
    }

    private void count(T from, T to, int by) {
        Map<T, Integer> others = joined.computeIfAbsent(from, who -> new HashMap<>());
        others.merge(to, by, (before, more) -> before + more);
        others.values().removeIf(times -> times <= 0);
        if (others.isEmpty()) joined.remove(from);
    }

    /** One and all that it is joined with, directly or through others. */
    Set<T> with(T one) {
        var found = new LinkedHashSet<T>(Set.of(one));
        var open = new ArrayDeque<T>(found);
        while (!open.isEmpty()) {
            for (T next : joined.getOrDefault(open.remove(), Map.of()).keySet()) {
                if (found.add(next)) open.add(next);
            }
        }
        return found;
    }

    /** That one is joined with nobody any more. */
    void forget(T one) {
        Map<T, Integer> others = joined.remove(one);
        if (others == null) return;
        for (T other : others.keySet()) {
            Map<T, Integer> left = joined.getOrDefault(other, Map.of());
            left.remove(one);
            if (left.isEmpty()) joined.remove(other);
        }
    }

    boolean isEmpty() {
        return joined.isEmpty();
    }
}
