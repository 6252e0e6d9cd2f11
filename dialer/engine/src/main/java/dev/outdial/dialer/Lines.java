package dev.outdial.dialer;

import dev.outdial.dialer.call.TrunkLine;
import dev.outdial.dialer.event.TrunkEvent;
import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.sip.UserAgent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The trunks of a dialer, by name, which come and go while it runs. <b>Threading:</b> any thread; nothing blocks. */
final class Lines {
    private final UserAgent userAgent;
    private final Set<CompletableFuture<?>> leaving = ConcurrentHashMap.newKeySet();
    /** Nobody calls over them any more, and they are still registered. */
    private final Map<String, TrunkLine> retired = new HashMap<>();

    private volatile Map<String, TrunkLine> byName = Map.of();
    private Consumer<TrunkEvent> listener = event -> {};

    Lines(UserAgent userAgent) {
        this.userAgent = userAgent;
    }

    /**
     * A line that has come.
     *
     * @param after completes when the one that had its name before is un-registered: some registrars allow one only
     */
    record Come(TrunkLine line, CompletableFuture<?> after) {}

    /** In place of the one of its name; calls over that go on as they are. Empty where it is the same trunk. */
    synchronized Optional<Come> put(Trunk trunk) {
        TrunkLine before = byName.get(trunk.name());
        if (before != null && before.trunk().equals(trunk)) return Optional.empty();
        var line = new TrunkLine(userAgent, trunk);
        var changed = new LinkedHashMap<>(byName);
        changed.put(trunk.name(), line);
        byName = Collections.unmodifiableMap(changed);
        watch(line);
        TrunkLine old = before == null ? retired.remove(trunk.name()) : before;
        return Optional.of(new Come(line, old == null ? CompletableFuture.allOf() : leave(old)));
    }

    /** False where there is none; calls over it go on. */
    synchronized boolean remove(String name) {
        Optional<TrunkLine> line = taken(name);
        line.ifPresent(one -> {
            var unused = leave(one);
        });
        return line.isPresent();
    }

    /** The same, but it stays registered until then. */
    synchronized boolean retire(String name, CompletableFuture<?> end) {
        Optional<TrunkLine> line = taken(name);
        if (line.isEmpty()) return false;
        line.get().watch(standing -> {});
        // A trunk may have come and been retired in between: then that one had this one leave.
        retired.put(name, line.get());
        var unused = end.whenComplete((done, trouble) -> leaveRetired(name, line.get()));
        return true;
    }

    private synchronized void leaveRetired(String name, TrunkLine line) {
        if (retired.remove(name, line)) {
            var unused = leave(line);
        }
    }

    private Optional<TrunkLine> taken(String name) {
        var changed = new LinkedHashMap<>(byName);
        TrunkLine line = changed.remove(name);
        byName = Collections.unmodifiableMap(changed);
        return Optional.ofNullable(line);
    }

    private CompletableFuture<?> leave(TrunkLine line) {
        line.watch(standing -> {});
        CompletableFuture<?> left = line.close().toCompletableFuture();
        leaving.add(left);
        return left.whenComplete((done, trouble) -> leaving.remove(left));
    }

    /** Who hears what happens to them, and how each stands now, as far as that is known. */
    synchronized void onEvent(Consumer<TrunkEvent> hears) {
        listener = hears;
        byName.values().forEach(this::watch);
    }

    private void watch(TrunkLine line) {
        String name = line.trunk().name();
        Consumer<TrunkEvent> hears = listener;
        line.watch(standing -> hears.accept(
                switch (standing) {
                    case TrunkLine.Standing.Usable usable -> new TrunkEvent.Registered(name);
                    case TrunkLine.Standing.Unusable unusable ->
                        new TrunkEvent.Failed(name, unusable.status(), unusable.why());
                }));
    }

    Optional<TrunkLine> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** @throws IllegalArgumentException if there is none of that name */
    TrunkLine named(String name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no trunk '" + name + "'; known are " + names()));
    }

    /** In the order in which they came. */
    Collection<TrunkLine> all() {
        return byName.values();
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** Un-registers all; completes when they are, and those that left before. */
    synchronized CompletableFuture<?> close() {
        List<CompletableFuture<?>> ends = new ArrayList<>(leaving);
        Stream.concat(byName.values().stream(), retired.values().stream())
                .forEach(line -> ends.add(line.close().toCompletableFuture()));
        retired.clear();
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    }
}
