package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.EventService;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.http.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Events: page by page with {@code after}, or as a stream. */
final class EventRoutes {
    private final EventService events;
    private final EventStreams streams;

    EventRoutes(EventService events, EventStreams streams) {
        this.events = events;
        this.streams = streams;
    }

    List<Route> routes() {
        return List.of(new Route("GET", API + "/events", Optional.of(Scope.READ), Route.Kind.STREAM, this::answer));
    }

    private Reply answer(Exchange exchange) throws IOException, ProblemException {
        Query query = exchange.query();
        boolean asksForStream = exchange.header("Accept")
                .map(accept -> accept.toLowerCase(Locale.ROOT).contains("text/event-stream"))
                .orElse(false);
        boolean page = query.text("after").isPresent() && !asksForStream;
        long after = query.number("after", 0, Long.MAX_VALUE, 0);
        Optional<String> call = query.parsed(
                "call_id",
                text -> Exchange.isId(text) ? Optional.of(text) : Optional.empty(),
                "is not the id of a call");
        int limit = query.limit();
        query.done();
        if (page) return page(exchange, after, call, limit);
        streams.stream(exchange.context().res(), exchange.key(), begin(exchange, after), call);
        return new Reply.Written();
    }

    private Reply page(Exchange exchange, long after, Optional<String> call, int limit) {
        var found = events.after(exchange.account(), after, call, limit);
        ObjectNode json = JsonText.MAPPER.createObjectNode();
        var items = json.putArray("items");
        found.forEach(event -> items.add(EventStreams.json(event)));
        // Also behind the last there is a next page: what happens from now on.
        json.put(
                "next_cursor",
                Long.toString(found.isEmpty() ? after : found.getLast().cursor()));
        return Reply.ok(json);
    }

    /** Behind what the reader has seen; from now on where it says nothing. */
    private long begin(Exchange exchange, long after) throws ProblemException {
        Optional<String> last = exchange.header("Last-Event-ID").filter(id -> !id.isEmpty());
        if (last.isEmpty())
            return exchange.context().queryParam("after") == null ? events.latest(exchange.account()) : after;
        if (!last.get().matches("[0-9]{1,18}"))
            throw new ProblemException(400, "bad_last_event_id", "Last-Event-ID must be the id of an event");
        return Long.parseLong(last.get());
    }
}
