package dev.outdial.server.documents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.AccountService;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.NewAccount;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredAccount;
import dev.outdial.server.store.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Accounts in the store. <b>Threading:</b> any. */
public final class StoredAccounts implements AccountService {
    private final Store store;
    private final InstantSource clock;
    private final Runnable changed;

    /** @param changed told after an account was changed or deleted: what its keys are good for may be otherwise */
    public StoredAccounts(Store store, InstantSource clock, Runnable changed) {
        this.store = store;
        this.clock = clock;
        this.changed = changed;
    }

    /** Makes the first account where it is missing. */
    public static void ensureFirst(Store store, Instant now) {
        boolean unused = store.<Boolean>durably(tables ->
                tables.accounts().find(AccountRecord.FIRST).isPresent()
                        || tables.accounts()
                                .insert(document(
                                        AccountRecord.FIRST, new NewAccount("first", true, true, true), now, now)));
    }

    @Override
    public Created<AccountRecord> create(String asker, NewAccount account, Optional<RequestKey> key) {
        requireFirst(asker);
        return Keeping.create(
                store,
                clock.instant(),
                asker,
                key,
                (tables, id, now) -> {
                    StoredAccount document = document(id, account, now, now);
                    if (!tables.accounts().insert(document)) throw Keeping.taken("name", "this account exists");
                    return record(document);
                },
                (tables, id) -> tables.accounts().find(id).map(StoredAccounts::record));
    }

    @Override
    public AccountRecord get(String asker, String id) {
        if (!maySee(asker, id)) throw Keeping.notFound();
        return store.read(tables -> tables.accounts().find(id))
                .map(StoredAccounts::record)
                .orElseThrow(Keeping::notFound);
    }

    @Override
    public Page<AccountRecord> list(String asker, PageQuery query) {
        List<AccountRecord> seen = store.read(tables -> tables.accounts().all()).stream()
                .map(StoredAccounts::record)
                .filter(account -> maySee(asker, account.id()))
                .toList();
        return Keeping.page(seen, AccountRecord::id, query);
    }

    @Override
    public AccountRecord replace(String asker, String id, NewAccount account) {
        requireFirst(asker);
        if (id.equals(AccountRecord.FIRST) && !account.enabled()) {
            throw Keeping.invalid("enabled", "the first account cannot be shut out");
        }
        Instant now = clock.instant();
        AccountRecord replaced = store.durably(tables -> {
            StoredAccount before = tables.accounts().find(id).orElseThrow(Keeping::notFound);
            StoredAccount after = document(id, account, before.created(), now);
            if (!tables.accounts().update(after)) throw Keeping.notFound();
            return record(after);
        });
        changed.run();
        return replaced;
    }

    @Override
    public void delete(String asker, String id) {
        requireFirst(asker);
        if (id.equals(AccountRecord.FIRST)) {
            throw Keeping.conflict("first_account", "the first account cannot be deleted");
        }
        Instant now = clock.instant();
        boolean was = store.durably(tables -> {
            requireNoCalls(tables, id);
            return tables.accounts().softDelete(id, now);
        });
        changed.run();
        if (!was) throw Keeping.notFound();
    }

    private static void requireNoCalls(Tables tables, String id) {
        if (tables.calls().open(Optional.of(id)) > 0) {
            throw Keeping.conflict("calls_open", "this account has calls that are not over");
        }
    }

    private static void requireFirst(String asker) {
        if (!asker.equals(AccountRecord.FIRST)) {
            throw new ServiceException(
                    ServiceException.Kind.FORBIDDEN, "first_account_only", "only the first account changes accounts");
        }
    }

    private static boolean maySee(String asker, String id) {
        return asker.equals(AccountRecord.FIRST) || asker.equals(id);
    }

    private static StoredAccount document(String id, NewAccount account, Instant created, Instant now) {
        String body = Body.make()
                .put("enabled", account.enabled())
                .put("verified", account.verified())
                .put("telephony", account.telephony())
                .toString();
        return new StoredAccount(id, account.name(), body, created, now);
    }

    /** What the store says of an account; for whoever asks whether it may call, too. */
    public static AccountRecord record(StoredAccount account) {
        JsonNode body = Body.read(account.body());
        return new AccountRecord(
                account.id(),
                account.name(),
                body.path("enabled").asBoolean(true),
                body.path("verified").asBoolean(true),
                body.path("telephony").asBoolean(true),
                account.created(),
                account.updated());
    }
}
