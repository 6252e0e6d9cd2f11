package dev.outdial.server.http;

import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.TrunkRecord;
import dev.outdial.server.calls.TrunkReload;
import dev.outdial.server.calls.TrunkService;
import dev.outdial.server.calls.TrunkSettings;
import dev.outdial.server.calls.TrunkStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Trunks in memory. */
final class FakeTrunks implements TrunkService {
    private static final TrunkStatus NEW =
            new TrunkStatus("registered", OptionalInt.of(200), "", Optional.of(FakeCalls.NOW), 3);

    final List<Secret> passwords = new CopyOnWriteArrayList<>();
    private final FakeTable<TrunkRecord> trunks = new FakeTable<>(TrunkRecord::id);

    @Override
    public Created<TrunkRecord> create(
            String account, TrunkSettings settings, Optional<Secret> password, Optional<RequestKey> key) {
        return trunks.create(account, key, () -> {
            password.ifPresent(passwords::add);
            return new TrunkRecord(
                    UUID.randomUUID().toString(),
                    account,
                    settings,
                    password.isPresent(),
                    NEW,
                    FakeCalls.NOW,
                    FakeCalls.NOW);
        });
    }

    @Override
    public TrunkRecord get(String account, String id) {
        return trunks.get(account, id);
    }

    @Override
    public Page<TrunkRecord> list(String account, PageQuery query) {
        return trunks.list(account, query);
    }

    @Override
    public TrunkRecord replace(String account, String id, TrunkSettings settings, Optional<Secret> password) {
        password.ifPresent(passwords::add);
        return trunks.change(
                account,
                id,
                trunk -> new TrunkRecord(
                        id,
                        account,
                        settings,
                        trunk.hasPassword() || password.isPresent(),
                        trunk.status(),
                        trunk.created(),
                        FakeCalls.NOW));
    }

    @Override
    public void delete(String account, String id) {
        trunks.delete(account, id);
    }

    @Override
    public TrunkStatus register(String account, String id) {
        return get(account, id).status();
    }

    @Override
    public TrunkReload reload(String account) {
        return new TrunkReload(List.of("new"), List.of(), List.of("old"), List.of("http.port"));
    }

    @Override
    public TrunkStatus status(String account, String id) {
        return get(account, id).status();
    }
}
