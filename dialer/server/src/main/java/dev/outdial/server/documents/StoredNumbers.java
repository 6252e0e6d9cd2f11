package dev.outdial.server.documents;

import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.NewNumber;
import dev.outdial.server.calls.NumberRecord;
import dev.outdial.server.calls.NumberService;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Numbers in the store: named by their E.164 form, children of their trunk; the body is the flow. <b>Threading:</b> any. */
public final class StoredNumbers implements NumberService {
    private final Store store;
    private final InstantSource clock;

    public StoredNumbers(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Created<NumberRecord> create(String account, NewNumber number, Optional<RequestKey> key) {
        return Keeping.create(
                store,
                clock.instant(),
                account,
                key,
                (tables, id, now) -> {
                    requireParts(tables, account, number);
                    StoredDocument document = document(id, account, number, now, now);
                    if (!tables.numbers().insert(document)) {
                        throw Keeping.taken("e164", "this number is somebody's already");
                    }
                    return record(document);
                },
                (tables, id) -> tables.numbers().find(account, id).map(StoredNumbers::record));
    }

    @Override
    public NumberRecord get(String account, String id) {
        return store.read(tables -> tables.numbers().find(account, id))
                .map(StoredNumbers::record)
                .orElseThrow(Keeping::notFound);
    }

    @Override
    public Page<NumberRecord> list(String account, PageQuery query) {
        Page<StoredDocument> page = store.read(tables -> tables.numbers().list(account, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(StoredNumbers::record).toList(), page.next());
    }

    @Override
    public NumberRecord replace(String account, String id, NewNumber number) {
        Instant now = clock.instant();
        return store.durably(tables -> {
            StoredDocument before = tables.numbers()
                    .lock(id)
                    .filter(document -> document.account().equals(account))
                    .orElseThrow(Keeping::notFound);
            requireParts(tables, account, number);
            boolean isTaken = tables.numbers()
                    .named(account, number.e164())
                    .filter(other -> !other.id().equals(id))
                    .isPresent();
            if (isTaken) throw Keeping.taken("e164", "this number is somebody's already");
            StoredDocument after = document(id, account, number, before.created(), now);
            if (!tables.numbers().update(after)) throw Keeping.notFound();
            return record(after);
        });
    }

    @Override
    public void delete(String account, String id) {
        Instant now = clock.instant();
        boolean was = store.durably(tables -> tables.numbers().softDelete(account, id, now));
        if (!was) throw Keeping.notFound();
    }

    private static void requireParts(Tables tables, String account, NewNumber number) {
        if (!number.trunkId().isEmpty()
                && tables.trunks().find(account, number.trunkId()).isEmpty()) {
            throw Keeping.invalid("trunk_id", "there is no such trunk");
        }
        if (!number.flowId().isEmpty()
                && tables.flows().find(account, number.flowId()).isEmpty()) {
            throw Keeping.invalid("flow_id", "there is no such flow");
        }
        if (!number.applicationId().isEmpty()
                && tables.applications().find(account, number.applicationId()).isEmpty()) {
            throw Keeping.invalid("application_id", "there is no such application");
        }
    }

    private static StoredDocument document(String id, String account, NewNumber number, Instant created, Instant now) {
        String body = Body.make()
                .put("flow_id", number.flowId())
                .put("application_id", number.applicationId())
                .toString();
        return new StoredDocument(id, account, number.e164(), number.trunkId(), "", body, created, now);
    }

    /** What a document of the store says; for whoever takes calls, too. */
    public static NumberRecord record(StoredDocument document) {
        return new NumberRecord(
                document.id(),
                document.account(),
                document.name(),
                document.parent(),
                Body.read(document.body()).path("flow_id").asText(),
                Body.read(document.body()).path("application_id").asText(),
                document.created(),
                document.updated());
    }
}
