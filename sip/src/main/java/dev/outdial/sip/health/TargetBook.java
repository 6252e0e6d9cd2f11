package dev.outdial.sip.health;

import dev.outdial.sip.message.Hop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;

/**
 * Remembers the hops that are not sound, at most 1,000 of them. Time and chance are arguments. <b>Threading:</b> any thread; never
 * waits for long.
 */
public final class TargetBook {
    static final int MOST_HOPS = 1_000;
    private static final int MOST_TOLD = 3;

    private final DoubleSupplier jitter;
    private final Map<Hop, TargetHealth> unsound = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hop, TargetHealth> eldest) {
            return size() > MOST_HOPS;
        }
    };

    /**
     * All hops are sound so far.
     *
     * @param jitter draws numbers from 0 to below 1; called within the book's lock
     */
    public TargetBook(DoubleSupplier jitter) {
        this.jitter = jitter;
    }

    /** Takes note of what a hop did with a request. */
    public synchronized void report(Hop hop, TargetEvent event, long nowNanos) {
        put(hop, TargetHealth.after(health(hop), event, nowNanos, jitter.getAsDouble()));
    }

    /** How a hop is doing. */
    public synchronized TargetHealth health(Hop hop) {
        return unsound.getOrDefault(hop, TargetHealth.SOUND);
    }

    /**
     * The usable ones among hops, in their order. Where the first of them is in doubt, this call is the one that tries it, and others are
     * kept away from it until that call's {@link #report}, or for {@link TargetHealth#PROBE_NANOS}.
     *
     * @param hops at least one
     */
    public synchronized Choice order(List<Hop> hops, long nowNanos) {
        if (hops.isEmpty()) throw new IllegalArgumentException("no hops to choose from");
        List<Hop> usable = hops.stream()
                .filter(hop -> TargetHealth.isUsable(health(hop), nowNanos))
                .toList();
        if (usable.isEmpty()) return none(hops, nowNanos);
        Hop first = usable.getFirst();
        put(first, TargetHealth.tried(health(first), nowNanos));
        return new Choice.Usable(usable);
    }

    private void put(Hop hop, TargetHealth health) {
        if (health.equals(TargetHealth.SOUND)) unsound.remove(hop);
        else unsound.put(hop, health);
    }

    private Choice none(List<Hop> hops, long nowNanos) {
        var sentences = new ArrayList<String>();
        long leastNanos = Long.MAX_VALUE;
        for (Hop hop : hops) {
            TargetHealth health = health(hop);
            leastNanos = Math.min(leastNanos, until(health).orElse(nowNanos) - nowNanos);
            if (sentences.size() < MOST_TOLD) why(health).ifPresent(why -> sentences.add(hop + " " + why));
        }
        if (hops.size() > MOST_TOLD) sentences.add((hops.size() - MOST_TOLD) + " more");
        return new Choice.None(String.join("; ", sentences), nowNanos + leastNanos);
    }

    private static OptionalLong until(TargetHealth health) {
        return switch (health) {
            case TargetHealth.Closed closed -> OptionalLong.empty();
            case TargetHealth.Resting resting -> OptionalLong.of(resting.untilNanos());
            case TargetHealth.Open open -> OptionalLong.of(open.untilNanos());
            case TargetHealth.Probing probing -> OptionalLong.of(probing.untilNanos());
        };
    }

    private static Optional<String> why(TargetHealth health) {
        return switch (health) {
            case TargetHealth.Closed closed -> Optional.empty();
            case TargetHealth.Resting resting -> Optional.of("asked for " + resting.seconds() + " s of rest (503)");
            case TargetHealth.Open open -> Optional.of(open.why());
            case TargetHealth.Probing probing -> Optional.of(probing.why() + " (one call is trying it)");
        };
    }
}
