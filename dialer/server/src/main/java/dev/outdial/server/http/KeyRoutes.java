package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.NewAccessKey;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Access keys: made here, shown once, kept as hashes. */
final class KeyRoutes {
    private static final String KEYS = API + "/accesskeys";
    private static final List<String> SCOPES = List.of("read", "call", "admin");

    private final KeyService keys;
    private final SecureRandom random = new SecureRandom();

    KeyRoutes(KeyService keys) {
        this.keys = keys;
    }

    List<Route> routes() {
        var kept = new Keeping<AccessKeyRecord, String>(KEYS, fields -> "", KeyRoutes::json);
        return List.of(
                Route.create(KEYS, Scope.ADMIN, this::create),
                kept.list(Scope.ADMIN, keys::list),
                kept.get(Scope.ADMIN, keys::get),
                kept.delete(Scope.ADMIN, keys::delete));
    }

    private Reply create(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        AccessKey secret = AccessKey.make(random);
        var wanted = new NewAccessKey(
                account(body).orElse(exchange.account()),
                body.required("name", body.line("name", 100), ""),
                Scope.valueOf(body.choice("scope", SCOPES, "call").toUpperCase(Locale.ROOT)),
                networks(body),
                body.instant("expires"),
                secret.prefix(),
                secret.hash());
        body.done();
        body.problems().throwIfAny();
        Created<AccessKeyRecord> created = keys.create(exchange.account(), wanted, exchange.requestKey());
        ObjectNode json = json(created.item());
        // What was stored before had another secret, and that was shown.
        if (!created.replay()) json.put("key", secret.text());
        return Reply.created(
                json,
                created.replay(),
                Map.of("Location", KEYS + "/" + created.item().id()));
    }

    private static Optional<String> account(Fields body) {
        return body.parsed(
                "account",
                40,
                text -> Exchange.isId(text) ? Optional.of(text) : Optional.empty(),
                "is not the id of an account");
    }

    private static List<String> networks(Fields body) {
        List<String> networks = body.lines("networks", 20, 60);
        for (int i = 0; i < networks.size(); i++)
            if (!Networks.isOne(networks.get(i)))
                body.wrong("networks[" + i + "]", "must be such a network as 192.0.2.0/24");
        return networks;
    }

    private static ObjectNode json(AccessKeyRecord key) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", key.id())
                .put("account", key.account())
                .put("name", key.name())
                .put("prefix", key.prefix())
                .put("scope", key.scope().word());
        var networks = json.putArray("networks");
        key.networks().forEach(networks::add);
        json.put("t_create", CallViews.time(key.created()));
        json.set("expires", CallViews.time(key.expires()));
        return json;
    }
}
