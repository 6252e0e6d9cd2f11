package dev.outdial.server.facade.voipbin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outdial.server.calls.AccessKey;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.KeyService;
import dev.outdial.server.calls.NewAccessKey;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.facade.Answer;
import dev.outdial.server.facade.Asked;
import dev.outdial.server.facade.Client;
import dev.outdial.server.facade.Clients;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lets customers in, and keeps their access keys, which place calls and look, and change nothing else. <b>Threading:</b> any. */
final class KeyPlaces {
    private static final String KEY = "ACCESSKEY";
    private static final long TOKEN_SECONDS = Duration.ofDays(7).toSeconds();
    private static final long MOST_SECONDS = Duration.ofDays(3650).toSeconds();
    private static final int MOST_NAME = 100;

    private final KeyService keys;
    private final Clients clients;
    private final Gate gate;
    private final InstantSource clock;
    private final Views views;
    private final SecureRandom random = new SecureRandom();

    KeyPlaces(KeyService keys, Clients clients, Gate gate, InstantSource clock, Views views) {
        this.keys = keys;
        this.clients = clients;
        this.gate = gate;
        this.clock = clock;
        this.views = views;
    }

    void on(Desk desk) {
        desk.open("POST", "/auth/login", this::login)
                .open("POST", Desk.BASE + "/auth/login", this::login)
                .make("/accesskeys", Scope.ADMIN, KEY, this::create)
                .get("/accesskeys", KEY, this::list)
                .get(
                        "/accesskeys/{id}",
                        KEY,
                        (who, asked) -> Answer.json(200, views.accessKey(keys.get(who.account(), Desk.id(asked)), "")))
                .change("DELETE", "/accesskeys/{id}", Scope.ADMIN, KEY, this::delete);
    }

    private Answer login(Asked asked) throws IOException {
        JsonNode body = Desk.body(asked);
        String name = body.path("username").asText("");
        Client client = gate.login(name, body.path("password").asText(""), asked.address());
        return Answer.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("username", name)
                        .put("token", clients.token(client.name(), TOKEN_SECONDS)));
    }

    private Answer create(Who who, Asked asked) throws IOException {
        JsonNode body = Desk.body(asked);
        String name = body.path("name").asText("").strip();
        if (name.length() > MOST_NAME) throw Refusal.invalid("name is longer than " + MOST_NAME + " characters");
        long seconds = body.path("expire").asLong(0);
        if (seconds < 0 || seconds > MOST_SECONDS) throw Refusal.invalid("expire must be seconds, ten years at most");
        Optional<Instant> expires =
                seconds == 0 ? Optional.empty() : Optional.of(clock.instant().plusSeconds(seconds));
        AccessKey key = AccessKey.make(random);
        AccessKeyRecord made = keys.create(
                        who.account(),
                        new NewAccessKey(
                                who.account(),
                                name.isEmpty() ? VoipbinFacade.NAME : name,
                                Scope.CALL,
                                List.of(),
                                expires,
                                key.prefix(),
                                key.hash()),
                        Optional.empty())
                .item();
        return Answer.json(200, views.accessKey(made, key.text()));
    }

    private Answer list(Who who, Asked asked) {
        return Pages.answer(
                Pages.Wanted.of(asked),
                before -> (cursor, limit) -> keys.list(who.account(), new PageQuery(cursor, limit)),
                AccessKeyRecord::created,
                key -> views.accessKey(key, ""));
    }

    private Answer delete(Who who, Asked asked) {
        AccessKeyRecord key = keys.get(who.account(), Desk.id(asked));
        keys.delete(who.account(), key.id());
        return Answer.json(200, views.accessKey(key, ""));
    }
}
