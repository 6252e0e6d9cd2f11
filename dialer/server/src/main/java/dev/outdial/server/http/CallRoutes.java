package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.CallQuery;
import dev.outdial.server.calls.CallService;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.json.Fields;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls: placed, looked for, looked at. */
final class CallRoutes {
    private static final List<String> DIRECTIONS = List.of("outgoing", "incoming");

    private final CallService calls;
    private final NewCalls reader;

    CallRoutes(CallService calls, NewCalls reader) {
        this.calls = calls;
        this.reader = reader;
    }

    List<Route> routes() {
        return List.of(
                Route.create(API + "/calls", Scope.CALL, this::create),
                Route.get(API + "/calls", Scope.READ, this::list),
                Route.get(
                        API + "/calls/{id}",
                        Scope.READ,
                        exchange -> Reply.ok(CallViews.json(calls.get(exchange.account(), exchange.id())))),
                Route.delete(API + "/calls/{id}", Scope.CALL, exchange -> {
                    calls.delete(exchange.account(), exchange.id());
                    return new Reply.Nothing();
                }),
                Route.get(API + "/calls/{id}/events", Scope.READ, this::events));
    }

    private Reply create(Exchange exchange) throws IOException, ProblemException {
        Fields body = exchange.body();
        List<NewCall> wanted = reader.read(body);
        boolean several = body.any("to").filter(to -> to.isArray()).isPresent();
        body.done();
        body.problems().throwIfAny();
        CallService.Accepted accepted = calls.create(exchange.account(), wanted, exchange.requestKey());
        if (!accepted.replay()) return exchange.first(answer(accepted, several));
        Optional<Reply> again = exchange.again(API + "/calls");
        if (again.isPresent()) return again.get();
        if (accepted.calls().isEmpty()) throw Exchange.notFound(); // deleted since
        return answer(accepted, several);
    }

    private static Reply answer(CallService.Accepted accepted, boolean several) {
        if (!several) {
            ObjectNode call = CallViews.json(accepted.calls().getFirst());
            Map<String, String> location =
                    Map.of("Location", API + "/calls/" + call.get("id").asText());
            return Reply.created(call, accepted.replay(), location);
        }
        ObjectNode all = JsonText.MAPPER.createObjectNode();
        ArrayNode items = all.putArray("items");
        accepted.calls().forEach(call -> items.add(CallViews.json(call)));
        return Reply.created(all, accepted.replay(), Map.of());
    }

    private Reply list(Exchange exchange) {
        Query query = exchange.query();
        var wanted = new CallQuery(
                query.text("from"),
                query.text("to"),
                query.parsed("status", CallRoutes::status, "is not a status of a call"),
                query.choice("direction", DIRECTIONS),
                query.text("origin"),
                query.text("outcome"),
                query.text("tag"),
                query.instant("since"),
                query.instant("until"),
                query.cursor(),
                query.limit());
        query.done();
        return Reply.page(calls.list(exchange.account(), wanted), CallViews::json);
    }

    private static Optional<CallStatus> status(String word) {
        return List.of(CallStatus.values()).stream()
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    private Reply events(Exchange exchange) {
        ObjectNode all = JsonText.MAPPER.createObjectNode();
        ArrayNode items = all.putArray("items");
        calls.events(exchange.account(), exchange.id()).forEach(event -> items.add(EventStreams.json(event)));
        return Reply.ok(all);
    }
}
