package dev.outdial.server.documents;

import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.DoNotCallRecord;
import dev.outdial.server.calls.DoNotCallService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.store.DoNotCallTable.Entry;
import dev.outdial.server.store.Store;
import java.time.InstantSource;
import java.util.Optional;

/** The do-not-call lists in the store. <b>Threading:</b> any. */
public final class StoredDoNotCall implements DoNotCallService {
    private final Store store;
    private final InstantSource clock;

    public StoredDoNotCall(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Created<DoNotCallRecord> add(String account, String e164, String reason, Optional<RequestKey> key) {
        return Keeping.create(
                store,
                clock.instant(),
                account,
                key,
                (tables, id, now) -> {
                    Optional<Entry> before = tables.doNotCall().find(account, e164);
                    boolean unused = before.isPresent() && tables.doNotCall().remove(account, e164);
                    // Since when somebody is not to be called, and why, is a proof.
                    var entry = new Entry(
                            account,
                            e164,
                            reason.isEmpty() ? before.map(Entry::reason).orElse("") : reason,
                            before.map(Entry::created).orElse(now));
                    boolean isNew = tables.doNotCall().add(entry);
                    if (!isNew) throw Keeping.conflict("taken", "this number is being listed just now");
                    return record(entry);
                },
                (tables, id) -> tables.doNotCall().find(account, e164).map(StoredDoNotCall::record));
    }

    @Override
    public DoNotCallRecord get(String account, String e164) {
        return store.read(tables -> tables.doNotCall().find(account, e164))
                .map(StoredDoNotCall::record)
                .orElseThrow(Keeping::notFound);
    }

    @Override
    public Page<DoNotCallRecord> list(String account, PageQuery query) {
        Page<Entry> page = store.read(tables -> tables.doNotCall().list(account, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(StoredDoNotCall::record).toList(), page.next());
    }

    @Override
    public void remove(String account, String e164) {
        boolean was = store.durably(tables -> tables.doNotCall().remove(account, e164));
        if (!was) throw Keeping.notFound();
    }

    private static DoNotCallRecord record(Entry entry) {
        return new DoNotCallRecord(entry.account(), entry.number(), entry.reason(), entry.created());
    }
}
