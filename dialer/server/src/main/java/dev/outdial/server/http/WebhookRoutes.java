package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.DeadLetter;
import dev.outdial.server.calls.EventTypes;
import dev.outdial.server.calls.NewWebhook;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.WebhookRecord;
import dev.outdial.server.calls.WebhookService;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import dev.outdial.server.words.NearestName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the events of an account are sent, and what could not be delivered. */
final class WebhookRoutes {
    private static final String WEBHOOKS = API + "/webhooks";
    private static final String ONE = WEBHOOKS + "/{id}";
    private static final String LETTERS = API + "/dead-letters";
    private static final String NATIVE = "native";
    /** Those that tell of an account and not of single calls alone. */
    private static final List<String> PROFILES = List.of(NATIVE, "voipbin");

    private final WebhookService webhooks;

    WebhookRoutes(WebhookService webhooks) {
        this.webhooks = webhooks;
    }

    List<Route> routes() {
        var kept = new Keeping<WebhookRecord, NewWebhook>(WEBHOOKS, WebhookRoutes::wanted, WebhookRoutes::json);
        return List.of(
                Route.create(WEBHOOKS, Scope.ADMIN, this::create),
                kept.list(Scope.ADMIN, webhooks::list),
                kept.get(Scope.ADMIN, webhooks::get),
                kept.replace(Scope.ADMIN, webhooks::replace),
                kept.delete(Scope.ADMIN, webhooks::delete),
                Route.post(ONE + "/rotate-secret", Scope.ADMIN, exchange -> {
                    empty(exchange);
                    return Reply.ok(json(webhooks.rotateSecret(exchange.account(), exchange.id())));
                }),
                Route.get(
                        ONE + "/dead-letters",
                        Scope.ADMIN,
                        exchange -> Reply.page(
                                webhooks.deadLetters(
                                        exchange.account(),
                                        exchange.id(),
                                        exchange.query().page()),
                                WebhookRoutes::json)),
                Route.post(ONE + "/replay", Scope.ADMIN, this::replay),
                Route.get(
                        LETTERS,
                        Scope.ADMIN,
                        exchange -> Reply.page(
                                webhooks.deadLetters(
                                        exchange.account(), exchange.query().page()),
                                WebhookRoutes::json)),
                Route.post(LETTERS + "/{id}/replay", Scope.ADMIN, exchange -> {
                    empty(exchange);
                    webhooks.replay(exchange.account(), exchange.id());
                    return new Reply.Nothing();
                }));
    }

    private static void empty(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        body.done();
        body.problems().throwIfAny();
    }

    private Reply create(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        NewWebhook wanted = wanted(body);
        body.done();
        body.problems().throwIfAny();
        var created = webhooks.create(exchange.account(), wanted, exchange.requestKey());
        String location = WEBHOOKS + "/" + created.item().webhook().id();
        return Reply.created(json(created.item()), created.replay(), Map.of("Location", location));
    }

    private Reply replay(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        var letter = body.parsed(
                "dead_letter_id",
                40,
                text -> Exchange.isId(text) ? Optional.of(text) : Optional.<String>empty(),
                "is not the id of a dead letter");
        body.done();
        body.problems().throwIfAny();
        long count = webhooks.replay(exchange.account(), exchange.id(), letter);
        return Reply.ok(JsonText.MAPPER.createObjectNode().put("replayed", count));
    }

    private static String unknown(String type) {
        String hint = NearestName.of(type, EventTypes.ALL)
                .map(known -> "; is it " + known + "?")
                .orElse("");
        return "is no type of event, nor a kind such as call.*" + hint;
    }

    private static NewWebhook wanted(Fields fields) {
        List<String> types = fields.lines("types", 50, 60);
        for (int i = 0; i < types.size(); i++)
            if (!EventTypes.hasAny(types.get(i))) fields.wrong("types[" + i + "]", unknown(types.get(i)));
        String profile = fields.choice("profile", PROFILES, NATIVE);
        String method = fields.choice("method", List.of("POST", "GET"), "POST");
        if (profile.equals(NATIVE) && !method.equals("POST"))
            fields.wrong("method", "must be POST where the profile is native");
        return new NewWebhook(
                fields.required("url", Targets.url(fields, "url"), ""),
                types,
                fields.flag("enabled", true),
                profile,
                method);
    }

    private static ObjectNode json(WebhookRecord webhook) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("id", webhook.id())
                .put("account", webhook.account())
                .put("url", webhook.url());
        var types = json.putArray("types");
        webhook.types().forEach(types::add);
        return json.put("profile", webhook.profile())
                .put("method", webhook.method())
                .put("enabled", webhook.enabled())
                .put("pending_count", webhook.pendingCount())
                .put("dead_count", webhook.deadCount())
                .put("t_create", CallViews.time(webhook.created()))
                .put("t_update", CallViews.time(webhook.updated()));
    }

    private static ObjectNode json(WebhookService.WithSecret webhook) {
        ObjectNode json = json(webhook.webhook());
        webhook.secret().ifPresent(secret -> json.put("secret", secret.value()));
        return json;
    }

    private static ObjectNode json(DeadLetter letter) {
        return JsonText.MAPPER
                .createObjectNode()
                .put("id", letter.id())
                .put("webhook_id", letter.webhookId())
                .put("event_id", letter.eventId())
                .put("event_type", letter.eventType())
                .put("call_id", letter.callId())
                .put("attempts", letter.attempts())
                .put("last_error", letter.lastError())
                .put("t_create", CallViews.time(letter.created()))
                .put("t_dead", CallViews.time(letter.died()));
    }
}
