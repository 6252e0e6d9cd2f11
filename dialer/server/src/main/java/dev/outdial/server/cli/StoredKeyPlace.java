package dev.outdial.server.cli;

import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.AccountRecord;
import dev.outdial.server.calls.FacadeKeyRecord;
import dev.outdial.server.calls.FacadeKeyService.WithSecret;
import dev.outdial.server.calls.NewAccessKey;
import dev.outdial.server.calls.NewFacadeKey;
import dev.outdial.server.calls.Page;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.calls.ServiceException.Kind;
import dev.outdial.server.config.ServerConfig;
import dev.outdial.server.facade.HandedOut;
import dev.outdial.server.serve.KeyDesk;
import dev.outdial.server.serve.ServeException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The keys in the store of a configuration, which is open nowhere else if it is an embedded one. */
final class StoredKeyPlace implements KeyPlace {
    private static final int PAGE = 200;

    private final ServerConfig config;
    private final String account;

    StoredKeyPlace(ServerConfig config, String account) {
        this.config = config;
        this.account = account;
    }

    @Override
    public Map<String, Object> accessKey(String name, Scope scope) {
        return at(desk -> made(desk, name, scope));
    }

    @Override
    public Map<String, Object> credential(String facade, Optional<String> name, Optional<Secret> password) {
        return at(desk -> made(desk, facade, name, password, KeyDesk.url(config, facade)));
    }

    @Override
    public List<Map<String, String>> list() {
        return at(this::listed);
    }

    @Override
    public void delete(String id) {
        boolean unused = at(desk -> deleted(desk, id));
    }

    /** What the desk cannot do is a sentence for who asked. */
    private <T> T at(Function<KeyDesk, T> doing) {
        try (KeyDesk desk = KeyDesk.open(config)) {
            return doing.apply(desk);
        } catch (ServeException unable) {
            throw new UsageException(String.valueOf(unable.getMessage()));
        } catch (ServiceException refused) {
            throw new UsageException(sentence(refused));
        }
    }

    private Map<String, Object> made(KeyDesk desk, String name, Scope scope) {
        AccessKey key = AccessKey.make(new SecureRandom());
        var wanted = new NewAccessKey(account, name, scope, List.of(), Optional.empty(), key.prefix(), key.hash());
        AccessKeyRecord made = desk.keys()
                .create(AccountRecord.FIRST, wanted, Optional.empty())
                .item();
        var said = new LinkedHashMap<String, Object>();
        said.put("id", made.id());
        said.put("account", made.account());
        said.put("name", made.name());
        said.put("scope", made.scope().word());
        said.put("login", Map.of("key", key.text()));
        said.put("use", "Authorization: Bearer " + made.prefix() + "_...");
        return said;
    }

    private Map<String, Object> made(
            KeyDesk desk, String facade, Optional<String> name, Optional<Secret> password, String url) {
        WithSecret made = desk.facadeKeys()
                .create(AccountRecord.FIRST, new NewFacadeKey(account, facade, name, password), Optional.empty())
                .item();
        FacadeKeyRecord key = made.key();
        var said = new LinkedHashMap<String, Object>();
        said.put("id", key.id());
        said.put("account", key.account());
        said.put("facade", key.facade());
        said.put("base_url", url);
        said.put("login", HandedOut.of(key, made.secret().orElseThrow()));
        said.put("use", HandedOut.use(key.facade()));
        return said;
    }

    private List<Map<String, String>> listed(KeyDesk desk) {
        var found = new ArrayList<Map<String, String>>();
        for (AccessKeyRecord key : all(query -> desk.keys().list(account, query)))
            found.add(view(
                    key.id(),
                    "native " + key.scope().word(),
                    key.created().toString(),
                    key.prefix() + "_... " + key.name()));
        for (FacadeKeyRecord key : all(query -> desk.facadeKeys().list(account, query)))
            found.add(view(key.id(), key.facade(), key.created().toString(), key.name()));
        return found;
    }

    private static <T> List<T> all(Function<PageQuery, Page<T>> listing) {
        var all = new ArrayList<T>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = listing.apply(new PageQuery(cursor, PAGE));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }

    private static Map<String, String> view(String id, String what, String created, String name) {
        var view = new LinkedHashMap<String, String>();
        view.put("id", id);
        view.put("for", what);
        view.put("created", created);
        view.put("name", name);
        return view;
    }

    private boolean deleted(KeyDesk desk, String id) {
        try {
            desk.facadeKeys().delete(account, id);
        } catch (ServiceException other) {
            if (other.kind() != Kind.NOT_FOUND) throw other;
            desk.keys().delete(account, id);
        }
        return true;
    }

    private static String sentence(ServiceException refused) {
        return refused.fields().isEmpty()
                ? String.valueOf(refused.getMessage())
                : refused.fields().stream()
                        .map(field -> field.field() + " " + field.message())
                        .collect(Collectors.joining("; "));
    }
}
