package dev.outdial.server.http;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.EventService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Events in memory. */
final class FakeEvents implements EventService {
    final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<CallEventRecord> events = new ArrayList<>();

    void add(String account, String type, String callId) {
        synchronized (this) {
            long seq = events.stream()
                            .filter(event -> event.callId().equals(callId))
                            .count()
                    + 1;
            events.add(new CallEventRecord(
                    events.size() + 1,
                    UUID.randomUUID().toString(),
                    account,
                    type,
                    FakeCalls.NOW,
                    seq,
                    callId,
                    "{\"text\":\"a\\nb\"}"));
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public synchronized List<CallEventRecord> after(String account, long after, Optional<String> callId, int limit) {
        return events.stream()
                .filter(event -> event.account().equals(account) && event.cursor() > after)
                .filter(event -> callId.map(event.callId()::equals).orElse(true))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized long latest(String account) {
        return events.stream()
                .filter(event -> event.account().equals(account))
                .mapToLong(CallEventRecord::cursor)
                .max()
                .orElse(0);
    }

    @Override
    public Subscription subscribe(String account, Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
