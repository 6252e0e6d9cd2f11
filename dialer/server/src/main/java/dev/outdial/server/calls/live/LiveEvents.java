package dev.outdial.server.calls.live;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.EventService;
import java.util.List;
import java.util.Optional;

/** Events of the store, and word that there are more. Who is slow holds up nobody: it reads on by its cursor. */
final class LiveEvents implements EventService {
    private static final int MOST = 1_000;

    private final Workshop workshop;

    LiveEvents(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public List<CallEventRecord> after(String account, long after, Optional<String> callId, int limit) {
        int most = Math.clamp(limit, 1, MOST);
        return workshop.store()
                .read(tables -> callId.isEmpty()
                        ? tables.events().after(account, after, most)
                        : tables.events().ofCall(account, callId.get()).stream()
                                .filter(event -> event.cursor() > after)
                                .limit(most)
                                .toList());
    }

    @Override
    public long latest(String account) {
        return workshop.store().read(tables -> tables.events().last());
    }

    @Override
    public Subscription subscribe(String account, Runnable listener) {
        return workshop.listeners().add(account, listener);
    }
}
