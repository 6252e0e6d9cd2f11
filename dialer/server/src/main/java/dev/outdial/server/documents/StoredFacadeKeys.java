package dev.outdial.server.documents;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.FacadeKeyRecord;
import dev.outdial.server.calls.FacadeKeyService;
import dev.outdial.server.calls.NewFacadeKey;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.SecretHash;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.Store;
import dev.outdial.server.store.StoredFacadeKey;
import dev.outdial.server.store.Tables;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Credentials of facades in the store, hashes alone. Those that are asked for are remembered as access keys are: what another server on the
 * same database takes away is refused here after {@link #MEMORY} at the latest, what this one takes away at once. <b>Threading:</b> any.
 */
public final class StoredFacadeKeys implements FacadeKeyService {
    /** How long a credential is good without the store being asked. */
    static final Duration MEMORY = StoredKeys.MEMORY;

    private static final int MOST_REMEMBERED = 10_000;
    private static final int NAME_SIGNS = 12;
    /** A colon ends the name in Basic credentials (RFC 7617 2). */
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x39\\x3b-\\x7e]{1,100}");

    private final Store store;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final RandomGenerator random = new SecureRandom();
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    private record Remembered(Held held, long sinceNanos) {}

    /** @param nanos a clock that never goes back */
    public StoredFacadeKeys(Store store, InstantSource clock, LongSupplier nanos) {
        this.store = store;
        this.clock = clock;
        this.nanos = nanos;
    }

    @Override
    public Optional<Held> find(String facade, String name) {
        return remembered(facade + " " + name, tables -> tables.facadeKeys().named(facade, name));
    }

    @Override
    public Optional<Held> withHash(String facade, SecretHash hash) {
        // No name has a blank within.
        return remembered(
                facade + "  " + hash.text(), tables -> tables.facadeKeys().withHash(facade, hash.text()));
    }

    private Optional<Held> remembered(String word, Function<Tables, Optional<StoredFacadeKey>> looking) {
        Remembered known = remembered.get(word);
        long now = nanos.getAsLong();
        if (known != null && now - known.sinceNanos() < MEMORY.toNanos()) return Optional.of(known.held());
        Optional<Held> held = store.read(tables ->
                looking.apply(tables).filter(key -> isEnabled(tables, key)).map(StoredFacadeKeys::held));
        if (held.isEmpty()) {
            remembered.remove(word);
        } else {
            // What is nobody's is not remembered: a stranger could fill the memory with it.
            if (remembered.size() >= MOST_REMEMBERED) remembered.clear();
            remembered.put(word, new Remembered(held.get(), now));
        }
        return held;
    }

    private static boolean isEnabled(Tables tables, StoredFacadeKey key) {
        return tables.accounts()
                .find(key.account())
                .map(StoredAccounts::record)
                .filter(AccountRecord::enabled)
                .isPresent();
    }

    /** What is remembered may be otherwise now. */
    public void forget() {
        remembered.clear();
    }

    @Override
    public Created<WithSecret> create(String account, NewFacadeKey wanted, Optional<RequestKey> key) {
        if (!wanted.account().equals(account) && !account.equals(AccountRecord.FIRST)) {
            throw new ServiceException(
                    ServiceException.Kind.FORBIDDEN,
                    "first_account_only",
                    "only the first account makes credentials for others");
        }
        check(wanted);
        Secret secret = wanted.secret().orElseGet(() -> new Secret(AccessKey.signs(random, AccessKey.SECRET_SIGNS)));
        SecretHash hash = wanted.secret().isPresent()
                ? SecretHash.chosen(secret.value(), random)
                : SecretHash.random(secret.value());
        String name = wanted.name()
                .orElseGet(() -> wanted.facade() + "-"
                        + AccessKey.signs(random, NAME_SIGNS).toLowerCase(Locale.ROOT));
        return Keeping.create(
                store,
                clock.instant(),
                account,
                key,
                (tables, id, now) -> {
                    if (tables.accounts().find(wanted.account()).isEmpty())
                        throw Keeping.invalid("account", "there is no such account");
                    var made = new StoredFacadeKey(id, wanted.account(), wanted.facade(), name, hash.text(), now);
                    if (!tables.facadeKeys().insert(made))
                        throw Keeping.taken("name", "is taken by another credential of " + wanted.facade());
                    return new WithSecret(record(made), Optional.of(secret));
                },
                (tables, id) -> tables.facadeKeys()
                        .find(wanted.account(), id)
                        .map(made -> new WithSecret(record(made), Optional.empty())));
    }

    private static void check(NewFacadeKey wanted) {
        if (!NewFacadeKey.FACADES.contains(wanted.facade()))
            throw Keeping.invalid("facade", "must be one of " + String.join(", ", NewFacadeKey.FACADES));
        if (wanted.name().isPresent() && !NAME.matcher(wanted.name().get()).matches())
            throw Keeping.invalid("name", "must be 1 to 100 visible characters of ASCII without a colon");
        wanted.secret().ifPresent(secret -> {
            if (!NewFacadeKey.CHOOSING.contains(wanted.facade()))
                throw Keeping.invalid("secret", "is made at random for " + wanted.facade());
            int length = secret.value().length();
            if (length < NewFacadeKey.SHORTEST || length > NewFacadeKey.LONGEST)
                throw Keeping.invalid(
                        "secret", "must have " + NewFacadeKey.SHORTEST + " to " + NewFacadeKey.LONGEST + " characters");
        });
    }

    @Override
    public FacadeKeyRecord get(String account, String id) {
        return store.read(tables -> tables.facadeKeys().find(account, id))
                .map(StoredFacadeKeys::record)
                .orElseThrow(Keeping::notFound);
    }

    @Override
    public Page<FacadeKeyRecord> list(String account, PageQuery query) {
        List<FacadeKeyRecord> keys = store.read(tables -> tables.facadeKeys().ofAccount(account)).stream()
                .map(StoredFacadeKeys::record)
                .toList();
        return Keeping.page(keys, FacadeKeyRecord::id, query);
    }

    @Override
    public void delete(String account, String id) {
        boolean was = store.durably(tables -> tables.facadeKeys().delete(account, id));
        forget();
        if (!was) throw Keeping.notFound();
    }

    private static Held held(StoredFacadeKey key) {
        return new Held(record(key), new SecretHash(key.hash()));
    }

    private static FacadeKeyRecord record(StoredFacadeKey key) {
        return new FacadeKeyRecord(
                key.id(),
                key.account(),
                key.facade(),
                key.name(),
                new SecretHash(key.hash()).isChosen(),
                key.created());
    }
}
