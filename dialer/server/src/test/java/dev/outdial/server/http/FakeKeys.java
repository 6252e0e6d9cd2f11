package dev.outdial.server.http;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.NewAccessKey;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Access keys in memory. */
final class FakeKeys implements KeyService {
    private final Random random = new Random(7);
    private final FakeTable<AccessKeyRecord> keys = new FakeTable<>(AccessKeyRecord::id);
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** A key that is good at once. */
    String issue(String account, Scope scope) {
        return issue(account, scope, List.of(), Optional.empty());
    }

    String issue(String account, Scope scope, List<String> networks, Optional<Instant> expires) {
        AccessKey key = AccessKey.make(random);
        create(
                account,
                new NewAccessKey(account, "test", scope, networks, expires, key.prefix(), key.hash()),
                Optional.empty());
        return key.text();
    }

    @Override
    public Optional<Held> find(String prefix) {
        return Optional.ofNullable(held.get(prefix));
    }

    @Override
    public Created<AccessKeyRecord> create(String account, NewAccessKey wanted, Optional<RequestKey> key) {
        return keys.create(account, key, () -> {
            var record = new AccessKeyRecord(
                    UUID.randomUUID().toString(),
                    wanted.account(),
                    wanted.name(),
                    wanted.prefix(),
                    wanted.scope(),
                    wanted.networks(),
                    FakeCalls.NOW,
                    wanted.expires());
            held.put(wanted.prefix(), new Held(record, wanted.hash()));
            return record;
        });
    }

    @Override
    public AccessKeyRecord get(String account, String id) {
        return keys.get(account, id);
    }

    @Override
    public Page<AccessKeyRecord> list(String account, PageQuery query) {
        return keys.list(account, query);
    }

    @Override
    public void delete(String account, String id) {
        held.remove(get(account, id).prefix());
        keys.delete(account, id);
    }
}
