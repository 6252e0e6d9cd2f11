package dev.outdial.server.documents;

import dev.outdial.dialer.trunk.Trunk;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.TrunkRecord;
import dev.outdial.server.calls.TrunkReload;
import dev.outdial.server.calls.TrunkService;
import dev.outdial.server.calls.TrunkSettings;
import dev.outdial.server.calls.TrunkStatus;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredDocument;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Trunks in the store. What is made, changed or deleted counts at once for calls that begin; those that go on, go on. Trunks of the configuration are the first account's and are changed there alone. <b>Threading:</b>
 * any.
 */
public final class StoredTrunks implements TrunkService {
    private static final String CONFIGURED = "configured";
    private static final TrunkStatus LEFT_OUT = new TrunkStatus(
            "unregistered",
            OptionalInt.empty(),
            "no calls go over it: another trunk has this name, or the server does not know of it yet",
            Optional.empty(),
            0);

    private final Store store;
    private final TrunkLines lines;
    private final InstantSource clock;

    public StoredTrunks(Store store, TrunkLines lines, InstantSource clock) {
        this.store = store;
        this.lines = lines;
        this.clock = clock;
    }

    /** A trunk as it is stored, with its password. */
    public record Stored(TrunkSettings settings, Optional<Secret> password) {}

    /** Those that were made by the API, the oldest first. */
    public static List<Stored> made(Store store) {
        return store.read(tables -> tables.trunks().all()).stream()
                .filter(document -> !isConfigured(document))
                .map(document -> new Stored(TrunkBody.settings(document), TrunkBody.password(document)))
                .toList();
    }

    /** Shows the trunks of the configuration among the stored ones, in place of others of their names, and forgets those no longer in it. */
    public static void show(Store store, List<Stored> configured, Instant now) {
        int unused = store.<Integer>durably(tables -> {
            for (StoredDocument before : tables.trunks().all()) {
                Optional<Stored> wanted = configured.stream()
                        .filter(trunk -> trunk.settings().name().equals(before.name()))
                        .findFirst();
                boolean isOutdated = wanted.isPresent() != isConfigured(before);
                if (isOutdated && !tables.trunks().softDelete(before.account(), before.id(), now)) {
                    throw new IllegalStateException("a trunk that was listed is not there");
                }
            }
            configured.forEach(trunk -> show(tables, trunk, now));
            return configured.size();
        });
    }

    private static void show(Tables tables, Stored trunk, Instant now) {
        String name = trunk.settings().name();
        // The password stays in the configuration.
        String body = TrunkBody.text(trunk.settings(), Optional.empty());
        Optional<StoredDocument> before = tables.trunks().named(AccountRecord.FIRST, name);
        boolean isShown = before.map(known -> tables.trunks().update(known.changed(CONFIGURED, body, now)))
                .orElseGet(() -> tables.trunks()
                        .insert(new StoredDocument(
                                UUID.randomUUID().toString(),
                                AccountRecord.FIRST,
                                name,
                                "",
                                CONFIGURED,
                                body,
                                now,
                                now)));
        if (!isShown) throw new IllegalStateException("a trunk cannot be listed");
    }

    private static boolean isConfigured(StoredDocument document) {
        return document.state().equals(CONFIGURED);
    }

    @Override
    public Created<TrunkRecord> create(
            String account, TrunkSettings settings, Optional<Secret> password, Optional<RequestKey> key) {
        Trunk unused = EngineTrunks.of(settings, password);
        // How it stands is asked for when the transaction is over.
        Created<StoredDocument> created = Keeping.create(
                store,
                clock.instant(),
                account,
                key,
                (tables, id, now) -> {
                    var document = new StoredDocument(
                            id, account, settings.name(), "", "", TrunkBody.text(settings, password), now, now);
                    if (!tables.trunks().insert(document)) throw nameTaken();
                    return document;
                },
                (tables, id) -> tables.trunks().find(account, id));
        if (!created.replay()) lines.changed();
        return new Created<>(record(created.item()), created.replay());
    }

    @Override
    public TrunkRecord get(String account, String id) {
        return record(document(account, id));
    }

    @Override
    public Page<TrunkRecord> list(String account, PageQuery query) {
        Page<StoredDocument> page = store.read(tables -> tables.trunks().list(account, query.cursor(), query.limit()));
        return new Page<>(page.items().stream().map(this::record).toList(), page.next());
    }

    @Override
    public TrunkRecord replace(String account, String id, TrunkSettings settings, Optional<Secret> password) {
        Instant now = clock.instant();
        StoredDocument replaced = store.durably(tables -> {
            StoredDocument before = tables.trunks()
                    .lock(id)
                    .filter(document -> document.account().equals(account))
                    .orElseThrow(Keeping::notFound);
            requireOurs(before);
            Optional<Secret> kept = password.or(() -> TrunkBody.password(before));
            Trunk unused = EngineTrunks.of(settings, kept);
            boolean isTaken = tables.trunks()
                    .named(account, settings.name())
                    .filter(other -> !other.id().equals(id))
                    .isPresent();
            if (isTaken) throw nameTaken();
            var after = new StoredDocument(
                    id, account, settings.name(), "", "", TrunkBody.text(settings, kept), before.created(), now);
            if (!tables.trunks().update(after)) throw Keeping.notFound();
            return after;
        });
        lines.changed();
        return record(replaced);
    }

    @Override
    public void delete(String account, String id) {
        Instant now = clock.instant();
        boolean was = store.durably(tables -> {
            StoredDocument document = tables.trunks().find(account, id).orElseThrow(Keeping::notFound);
            requireOurs(document);
            return tables.trunks().softDelete(account, id, now);
        });
        if (!was) throw Keeping.notFound();
        lines.changed();
    }

    @Override
    public TrunkStatus register(String account, String id) {
        StoredDocument document = document(account, id);
        return lines.register(document.name())
                .map(status -> counted(status, document))
                .orElse(LEFT_OUT);
    }

    @Override
    public TrunkStatus status(String account, String id) {
        return status(document(account, id));
    }

    @Override
    public TrunkReload reload(String account) {
        if (!account.equals(AccountRecord.FIRST)) {
            throw new ServiceException(
                    ServiceException.Kind.FORBIDDEN,
                    "first_account_only",
                    "the configuration is the first account's: a key of that one is needed");
        }
        return lines.reload();
    }

    private TrunkStatus status(StoredDocument document) {
        return lines.status(document.name()).orElse(LEFT_OUT);
    }

    private TrunkStatus counted(TrunkStatus status, StoredDocument document) {
        int open = store.read(tables -> tables.attempts().open(document.name()));
        return new TrunkStatus(status.state(), status.sipCode(), status.reason(), status.until(), open);
    }

    private StoredDocument document(String account, String id) {
        return store.read(tables -> tables.trunks().find(account, id)).orElseThrow(Keeping::notFound);
    }

    private static void requireOurs(StoredDocument document) {
        if (isConfigured(document)) {
            throw Keeping.conflict("configured_trunk", "this trunk stands in the server's configuration");
        }
    }

    private TrunkRecord record(StoredDocument document) {
        boolean hasPassword =
                isConfigured(document) || TrunkBody.password(document).isPresent();
        return new TrunkRecord(
                document.id(),
                document.account(),
                TrunkBody.settings(document),
                hasPassword,
                status(document),
                document.created(),
                document.updated());
    }

    private static ServiceException nameTaken() {
        return Keeping.taken("name", "another trunk has this name");
    }
}
