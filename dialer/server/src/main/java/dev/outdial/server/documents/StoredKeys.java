package dev.outdial.server.documents;

import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.NewAccessKey;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredKey;
import dev.outdial.server.store.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Access keys in the store, hashes alone. Keys that are asked for are remembered for {@link #MEMORY}: what another server on the same
 * database takes away is refused here after that at the latest, what this one takes away at once. <b>Threading:</b> any.
 */
public final class StoredKeys implements KeyService {
    /** How long a key is good without the store being asked. */
    static final Duration MEMORY = Duration.ofSeconds(5);

    private static final int MOST_REMEMBERED = 10_000;
    /** Networks stand beside the scope, which is the word without this. */
    private static final String NETWORK = "from:";

    private final Store store;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    private record Remembered(Held held, long sinceNanos) {}

    /** @param nanos a clock that never goes back */
    public StoredKeys(Store store, InstantSource clock, LongSupplier nanos) {
        this.store = store;
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public Optional<Held> find(String prefix) {
        Remembered known = remembered.get(prefix);
        if (known != null && nanos.getAsLong() - known.sinceNanos() < MEMORY.toNanos()) {
            return Optional.of(known.held());
        }
        long before = nanos.getAsLong();
        Optional<Held> held = store.read(tables -> held(tables, prefix));
        if (held.isEmpty()) {
            remembered.remove(prefix);
        } else {
            // Prefixes that are nobody's are not remembered: a stranger could fill the memory with them.
            if (remembered.size() >= MOST_REMEMBERED) remembered.clear();
            remembered.put(prefix, new Remembered(held.get(), before));
        }
        return held;
    }

    private static Optional<Held> held(Tables tables, String prefix) {
        return tables.keys().withPrefix(prefix).stream()
                .findFirst()
                .filter(key -> tables.accounts()
                        .find(key.account())
                        .map(StoredAccounts::record)
                        .filter(AccountRecord::enabled)
                        .isPresent())
                .map(key -> new Held(record(key), key.hash()));
    }

    /** What is remembered may be otherwise now. */
    public void forget() {
        remembered.clear();
    }

    @Override
    public Created<AccessKeyRecord> create(String account, NewAccessKey wanted, Optional<RequestKey> key) {
        if (!wanted.account().equals(account) && !account.equals(AccountRecord.FIRST)) {
            throw new ServiceException(
                    ServiceException.Kind.FORBIDDEN,
                    "first_account_only",
                    "only the first account makes keys for others");
        }
        return Keeping.create(
                store,
                clock.instant(),
                account,
                key,
                (tables, id, now) -> {
                    if (tables.accounts().find(wanted.account()).isEmpty()) {
                        throw Keeping.invalid("account", "there is no such account");
                    }
                    StoredKey made = stored(id, wanted, now);
                    tables.keys().insert(made);
                    return record(made);
                },
                (tables, id) -> tables.keys().find(wanted.account(), id).map(StoredKeys::record));
    }

    @Override
    public AccessKeyRecord get(String account, String id) {
        return store.read(tables -> tables.keys().find(account, id))
                .map(StoredKeys::record)
                .orElseThrow(Keeping::notFound);
    }

    @Override
    public Page<AccessKeyRecord> list(String account, PageQuery query) {
        List<AccessKeyRecord> keys = store.read(tables -> tables.keys().ofAccount(account)).stream()
                .map(StoredKeys::record)
                .toList();
        return Keeping.page(keys, AccessKeyRecord::id, query);
    }

    @Override
    public void delete(String account, String id) {
        Instant now = clock.instant();
        String prefix = store.durably(tables -> {
            StoredKey key = tables.keys().find(account, id).orElseThrow(Keeping::notFound);
            requireAnother(tables, key);
            boolean unused = tables.keys().softDelete(account, id, now);
            return key.prefix();
        });
        remembered.remove(prefix);
    }

    /** Without it nobody could make another one. */
    private void requireAnother(Tables tables, StoredKey key) {
        if (!key.account().equals(AccountRecord.FIRST) || !isAdmin(key)) return;
        Instant now = clock.instant();
        boolean isLast = tables.keys().ofAccount(AccountRecord.FIRST).stream()
                .noneMatch(other -> !other.id().equals(key.id())
                        && isAdmin(other)
                        && other.expires().map(now::isBefore).orElse(true));
        if (isLast) throw Keeping.conflict("last_admin_key", "this is the last key that can make others");
    }

    private static boolean isAdmin(StoredKey key) {
        return key.scopes().contains(Scope.ADMIN.word());
    }

    private static StoredKey stored(String id, NewAccessKey wanted, Instant now) {
        Set<String> words = new HashSet<>();
        words.add(wanted.scope().word());
        wanted.networks().forEach(network -> words.add(NETWORK + network));
        if (length(words) > 255) throw Keeping.invalid("networks", "are too many for one key");
        return new StoredKey(
                id, wanted.account(), wanted.name(), wanted.prefix(), wanted.hash(), words, now, wanted.expires());
    }

    private static int length(Collection<String> words) {
        return words.stream().mapToInt(word -> word.length() + 1).sum();
    }

    private static AccessKeyRecord record(StoredKey key) {
        Scope scope = java.util.Arrays.stream(Scope.values())
                .filter(one -> key.scopes().contains(one.word()))
                .reduce((lesser, greater) -> greater)
                .orElseThrow(() -> new IllegalStateException("a stored key has no scope"));
        List<String> networks = key.scopes().stream()
                .filter(word -> word.startsWith(NETWORK))
                .map(word -> word.substring(NETWORK.length()))
                .sorted()
                .toList();
        return new AccessKeyRecord(
                key.id(), key.account(), key.name(), key.prefix(), scope, networks, key.created(), key.expires());
    }
}
