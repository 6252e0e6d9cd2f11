package dev.outdial.server.documents;

import dev.outdial.server.calls.ApplicationRecord;
import dev.outdial.server.calls.ApplicationService;
import dev.outdial.server.calls.ApplicationText;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.NewApplication;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredDocument;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Applications in the store. */
public final class StoredApplications implements ApplicationService {
    private final Store store;
    private final InstantSource clock;

    public StoredApplications(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Created<ApplicationRecord> create(String account, NewApplication application, Optional<RequestKey> key) {
        return Keeping.create(
                store,
                clock.instant(),
                account,
                key,
                (tables, id, now) -> {
                    StoredDocument document = document(id, account, application, now, now);
                    if (!tables.applications().insert(document)) {
                        throw Keeping.taken("name", "there is an application of that name");
                    }
                    return record(document);
                },
                (tables, id) -> tables.applications().find(account, id).map(StoredApplications::record));
    }

    @Override
    public ApplicationRecord get(String account, String id) {
        return store.read(tables -> tables.applications().find(account, id))
                .map(StoredApplications::record)
                .orElseThrow(Keeping::notFound);
    }

    @Override
    public Page<ApplicationRecord> list(String account, PageQuery query) {
        Page<StoredDocument> page =
                store.read(tables -> tables.applications().list(account, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(StoredApplications::record).toList(), page.next());
    }

    @Override
    public ApplicationRecord replace(String account, String id, NewApplication application) {
        Instant now = clock.instant();
        return store.durably(tables -> {
            StoredDocument before = tables.applications()
                    .lock(id)
                    .filter(document -> document.account().equals(account))
                    .orElseThrow(Keeping::notFound);
            boolean isTaken = tables.applications()
                    .named(account, application.name())
                    .filter(other -> !other.id().equals(id))
                    .isPresent();
            if (isTaken) throw Keeping.taken("name", "there is an application of that name");
            StoredDocument after = document(id, account, application, before.created(), now);
            if (!tables.applications().update(after)) throw Keeping.notFound();
            return record(after);
        });
    }

    @Override
    public void delete(String account, String id) {
        Instant now = clock.instant();
        boolean was = store.durably(tables -> tables.applications().softDelete(account, id, now));
        if (!was) throw Keeping.notFound();
    }

    private static StoredDocument document(
            String id, String account, NewApplication application, Instant created, Instant now) {
        return new StoredDocument(
                id, account, application.name(), "", "", ApplicationText.write(application), created, now);
    }

    private static ApplicationRecord record(StoredDocument document) {
        return ApplicationText.read(
                document.id(),
                document.account(),
                document.name(),
                document.body(),
                document.created(),
                document.updated());
    }
}
