package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.TraceRecord;
import dev.outdial.server.calls.TraceService;
import dev.outdial.server.http.json.JsonText;
import java.util.List;

/** What went over the wire in a call. */
final class TraceRoutes {
    private static final List<String> FORMATS = List.of("json", "text", "svg", "pcap");
    private static final List<String> FLAGS = List.of("true", "false");

    private final TraceService traces;

    TraceRoutes(TraceService traces) {
        this.traces = traces;
    }

    List<Route> routes() {
        return List.of(
                Route.content(API + "/calls/{id}/trace", Scope.READ, this::trace),
                Route.get(API + "/calls/{id}/series", Scope.READ, this::series));
    }

    private Reply trace(Exchange exchange) throws ProblemException {
        Query query = exchange.query();
        String format = query.choice("format", FORMATS).orElse("json");
        boolean secrets = query.choice("secrets", FLAGS).orElse("false").equals("true");
        query.done();
        if (secrets && !exchange.key().scope().covers(Scope.ADMIN)) {
            throw new ProblemException(403, "scope", "secrets are shown to access keys with the scope admin alone");
        }
        TraceRecord trace = traces.trace(exchange.account(), exchange.id());
        TraceRecord shown = secrets ? trace.withSecrets() : trace;
        return switch (format) {
            case "text" -> new Reply.Text("text/plain; charset=utf-8", shown.text());
            case "svg" -> new Reply.Text("image/svg+xml; charset=utf-8", shown.svg());
            case "pcap" -> new Reply.Stored(shown.pcap(), exchange.id() + ".pcap");
            default -> Reply.ok(shown.json());
        };
    }

    private Reply series(Exchange exchange) {
        return traces.series(exchange.account(), exchange.id())
                .map(series -> Reply.ok(series.json()))
                .orElseGet(() -> Reply.ok(none()));
    }

    /** Of a call that was never answered, or of which no figures are kept. */
    private static ObjectNode none() {
        ObjectNode json = JsonText.MAPPER.createObjectNode();
        json.putNull("t_start").put("interval_ms", 1000);
        json.putArray("jitter_ms");
        json.putArray("loss_percent");
        json.putArray("level_dbov");
        return json;
    }
}
