package dev.outdial.server.documents;

import dev.outdial.server.calls.CounterService;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.TallyTable.Tally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Counters in the store. <b>Threading:</b> any. */
public final class StoredCounters implements CounterService {
    private final Store store;
    private final InstantSource clock;

    public StoredCounters(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Optional<Counted> count(String account, String name, long limit, Duration remembered) {
        Instant now = now();
        return store.durably(tables -> {
            Tally was = tables.tallies().lock(account, name, now);
            Optional<Tally> next = next(was, limit, remembered, now);
            next.ifPresent(tally -> tables.tallies().put(account, name, tally));
            return next.map(tally -> new Counted(account, name, tally.begun()));
        });
    }

    /** Pure. Empty where the limit is reached. */
    static Optional<Tally> next(Tally was, long limit, Duration remembered, Instant now) {
        boolean isAnew = was.reached() == 0 || !was.isRemembered(remembered, now);
        Tally from = isAnew ? new Tally(0, now, now) : was;
        if (from.reached() >= limit) return Optional.empty();
        Instant expires = from.begun().plus(remembered);
        return Optional.of(new Tally(
                from.reached() + 1, from.begun(), expires.isAfter(from.expires()) ? expires : from.expires()));
    }

    @Override
    public boolean isReached(String account, String name, long limit, Duration remembered) {
        Instant now = now();
        return store.read(tables -> tables.tallies().find(account, name))
                .filter(was -> next(was, limit, remembered, now).isEmpty())
                .isPresent();
    }

    @Override
    public void undo(Counted counted) {
        boolean unused = store.<Boolean>durably(tables -> {
            Tally was = tables.tallies().lock(counted.account(), counted.name(), counted.begun());
            boolean isSame = was.begun().equals(counted.begun());
            long reached = isSame ? was.reached() - 1 : was.reached();
            tables.tallies().put(counted.account(), counted.name(), new Tally(reached, was.begun(), was.expires()));
            return isSame;
        });
    }

    /** As exact as it is stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
