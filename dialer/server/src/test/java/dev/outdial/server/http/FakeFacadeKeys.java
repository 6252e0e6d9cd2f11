package dev.outdial.server.http;

import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.FacadeKeyRecord;
import dev.outdial.server.calls.FacadeKeyService;
import dev.outdial.server.calls.NewFacadeKey;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.SecretHash;
import java.util.Optional;
import java.util.UUID;

/** Credentials of facades in memory; nobody asks for them by name. */
final class FakeFacadeKeys implements FacadeKeyService {
    private final FakeTable<FacadeKeyRecord> keys = new FakeTable<>(FacadeKeyRecord::id);

    @Override
    public Optional<Held> find(String facade, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Held> withHash(String facade, SecretHash hash) {
        return Optional.empty();
    }

    @Override
    public Created<WithSecret> create(String account, NewFacadeKey wanted, Optional<RequestKey> key) {
        Created<FacadeKeyRecord> created = keys.create(
                account,
                key,
                () -> new FacadeKeyRecord(
                        UUID.randomUUID().toString(),
                        wanted.account(),
                        wanted.facade(),
                        wanted.name().orElse("made-up"),
                        wanted.secret().isPresent(),
                        FakeCalls.NOW));
        Optional<Secret> secret = created.replay()
                ? Optional.empty()
                : wanted.secret()
                        .or(() -> Optional.of(new Secret(UUID.randomUUID().toString())));
        return new Created<>(new WithSecret(created.item(), secret), created.replay());
    }

    @Override
    public FacadeKeyRecord get(String account, String id) {
        return keys.get(account, id);
    }

    @Override
    public Page<FacadeKeyRecord> list(String account, PageQuery query) {
        return keys.list(account, query);
    }

    @Override
    public void delete(String account, String id) {
        keys.delete(account, id);
    }
}
