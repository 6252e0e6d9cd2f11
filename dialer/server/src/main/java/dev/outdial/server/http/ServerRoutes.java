package dev.outdial.server.http;

import static dev.outdial.server.http.Routes.API;

import dev.outdial.server.calls.Scope;
import dev.outdial.server.calls.ServerHealth;
import dev.outdial.server.http.json.JsonText;
import java.util.List;
import java.util.Map;

/** How the server does, and what it can do. */
final class ServerRoutes {
    private final ServerHealth health;
    private final Contract contract = Contract.read();
    private final String page = DocsPage.of(contract.tree());

    ServerRoutes(ServerHealth health) {
        this.health = health;
    }

    List<Route> routes() {
        return List.of(
                Route.open(
                        "/healthz",
                        exchange -> Reply.ok(JsonText.MAPPER.createObjectNode().put("status", "up"))),
                Route.open("/readyz", exchange -> ready()),
                Route.content(
                        "/metrics",
                        Scope.READ,
                        exchange -> new Reply.Text("text/plain; version=0.0.4; charset=utf-8", health.metrics())),
                Route.open(API + "/openapi.yaml", exchange -> new Reply.Text("application/yaml", contract.text())),
                Route.open("/docs", exchange -> new Reply.Text("text/html; charset=utf-8", page)),
                Route.open("/docs/style.css", exchange -> new Reply.Text("text/css; charset=utf-8", DocsPage.STYLE)));
    }

    private Reply ready() {
        var readiness = health.readiness();
        var json = JsonText.MAPPER.createObjectNode().put("ready", readiness.ready());
        var checks = json.putObject("checks");
        readiness.checks().forEach(check -> checks.put(check.name(), check.ok()));
        return new Reply.Json(
                readiness.ready() ? 200 : 503, json, readiness.ready() ? Map.of() : Map.of("Retry-After", "1"));
    }
}
