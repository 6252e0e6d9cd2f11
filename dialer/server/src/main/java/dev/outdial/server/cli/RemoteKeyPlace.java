package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of a running server. */
final class RemoteKeyPlace implements KeyPlace {
    private static final String ACCESS = "/accesskeys";
    private static final String FACADE = "/facadekeys";
    private static final int ALL = 10_000;

    private final RemoteApi api;
    private final Optional<String> account;

    /** @param account whose; the access key's own where empty */
    RemoteKeyPlace(RemoteApi api, Optional<String> account) {
        this.api = api;
        this.account = account;
    }

    @Override
    public Map<String, Object> accessKey(String name, Scope scope) {
        JsonNode made = api.post(ACCESS, wanted().put("name", name).put("scope", scope.word()));
        Map<String, Object> said = said(made, "id", "account", "name", "scope");
        said.put("login", Map.of("key", made.path("key").asText()));
        said.put("use", "Authorization: Bearer " + made.path("prefix").asText() + "_...");
        return said;
    }

    @Override
    public Map<String, Object> credential(String facade, Optional<String> name, Optional<Secret> password) {
        ObjectNode wanted = wanted().put("facade", facade);
        name.ifPresent(one -> wanted.put("name", one));
        password.ifPresent(one -> wanted.put("secret", one.value()));
        JsonNode made = api.post(FACADE, wanted);
        Map<String, Object> said = said(made, "id", "account", "facade");
        var login = new LinkedHashMap<String, String>();
        made.path("login")
                .properties()
                .forEach(word -> login.put(word.getKey(), word.getValue().asText()));
        said.put("login", login);
        said.put("use", made.path("use").asText());
        return said;
    }

    private ObjectNode wanted() {
        ObjectNode wanted = RemoteApi.JSON.createObjectNode();
        account.ifPresent(id -> wanted.put("account", id));
        return wanted;
    }

    private static Map<String, Object> said(JsonNode made, String... words) {
        var said = new LinkedHashMap<String, Object>();
        for (String word : words) said.put(word, made.path(word).asText());
        return said;
    }

    @Override
    public List<Map<String, String>> list() {
        Map<String, String> filter = account.map(id -> Map.of("account", id)).orElse(Map.of());
        var found = new ArrayList<Map<String, String>>();
        for (JsonNode key : api.list(ACCESS, filter, ALL))
            found.add(view(
                    key,
                    "native " + key.path("scope").asText(),
                    key.path("prefix").asText() + "_... " + key.path("name").asText()));
        for (JsonNode key : api.list(FACADE, filter, ALL))
            found.add(view(key, key.path("facade").asText(), key.path("name").asText()));
        return found;
    }

    private static Map<String, String> view(JsonNode key, String what, String name) {
        var view = new LinkedHashMap<String, String>();
        view.put("id", key.path("id").asText());
        view.put("for", what);
        view.put("created", key.path("t_create").asText());
        view.put("name", name);
        return view;
    }

    @Override
    public void delete(String id) {
        String segment = RemoteApi.encoded(id);
        try {
            api.delete(FACADE + "/" + segment);
        } catch (RemoteException other) {
            if (other.exitStatus() != RemoteException.REFUSED) throw other;
            api.delete(ACCESS + "/" + segment);
        }
    }
}
