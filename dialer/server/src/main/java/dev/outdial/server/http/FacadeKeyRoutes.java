package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.FacadeKeyRecord;
import dev.outdial.server.calls.FacadeKeyService;
import dev.outdial.server.calls.FacadeKeyService.WithSecret;
import dev.outdial.server.calls.NewFacadeKey;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.Secret;
import dev.outdial.server.facade.HandedOut;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Credentials of APIs that are answered as other systems do: made here, shown once, kept as hashes. */
final class FacadeKeyRoutes {
    private static final String KEYS = API + "/facadekeys";

    private final FacadeKeyService keys;

    FacadeKeyRoutes(FacadeKeyService keys) {
        this.keys = keys;
    }

    List<Route> routes() {
        var kept = new Keeping<FacadeKeyRecord, String>(KEYS, fields -> "", FacadeKeyRoutes::json);
        return List.of(
                Route.create(KEYS, Scope.ADMIN, this::create),
                kept.list(Scope.ADMIN, keys::list),
                kept.get(Scope.ADMIN, keys::get),
                kept.delete(Scope.ADMIN, keys::delete));
    }

    private Reply create(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        String account = body.parsed(
                        "account",
                        40,
                        text -> Exchange.isId(text) ? Optional.of(text) : Optional.<String>empty(),
                        "is not the id of an account")
                .orElse(exchange.account());
        Optional<String> chosen =
                Optional.of(body.choice("facade", NewFacadeKey.FACADES, "")).filter(one -> !one.isEmpty());
        String facade = body.required("facade", chosen, "");
        var wanted = new NewFacadeKey(
                account,
                facade,
                body.line("name", 100),
                body.line("secret", NewFacadeKey.LONGEST).map(Secret::new));
        // What is remembered of a request by its key is made of its body, too, and quicker to guess than what is kept
        // of the secret.
        if (wanted.secret().isPresent() && exchange.header("Idempotency-Key").isPresent())
            body.wrong("secret", "cannot be sent with an Idempotency-Key");
        body.done();
        body.problems().throwIfAny();
        Created<WithSecret> created = keys.create(exchange.account(), wanted, exchange.requestKey());
        FacadeKeyRecord key = created.item().key();
        ObjectNode json = json(key);
        created.item().secret().ifPresent(secret -> {
            ObjectNode login = json.putObject("login");
            HandedOut.of(key, secret).forEach(login::put);
            json.put("use", HandedOut.use(key.facade()));
        });
        return Reply.created(json, created.replay(), Map.of("Location", KEYS + "/" + key.id()));
    }

    private static ObjectNode json(FacadeKeyRecord key) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("id", key.id())
                .put("account", key.account())
                .put("facade", key.facade())
                .put("name", key.name())
                .put("chosen", key.chosen())
                .put("t_create", CallViews.time(key.created()));
    }
}
