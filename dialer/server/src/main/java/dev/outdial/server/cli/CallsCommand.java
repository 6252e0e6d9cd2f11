package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial calls}: the calls of a running server. */
@Command(
        name = "calls",
        description =
                "Lists the calls of a running server, the newest first; with --follow tells what happens from now on.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:done",
            " 1:the server said no; the sentence says why",
            "64:wrong usage",
            "69:no server answered",
            "77:no access key, or not a good one"
        })
final class CallsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Option(names = "--from", paramLabel = "NUMBER", description = "only calls from there")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "NUMBER", description = "only calls to there")
    private @Nullable String to;

    @Option(
            names = "--status",
            paramLabel = "WORD",
            description = "queued, dialing, ringing, progressing, canceling, terminating or hangup")
    private @Nullable String status;

    @Option(
            names = "--outcome",
            paramLabel = "WORD",
            description = "such as completed, no-answer, busy, failed, unknown")
    private @Nullable String outcome;

    @Option(names = "--direction", paramLabel = "WORD", description = "outgoing or incoming")
    private @Nullable String direction;

    @Option(names = "--origin", paramLabel = "WORD", description = "by which API it came, as native or bandwidth")
    private @Nullable String origin;

    @Option(names = "--tag", paramLabel = "TEXT", description = "only calls with that tag")
    private @Nullable String tag;

    @Option(names = "--since", paramLabel = "TIME", description = "created then or later, as 2026-11-22T10:00:00Z")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "created before then")
    private @Nullable String until;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "at most so many (default: ${DEFAULT-VALUE})")
    private int limit = 20;

    @Option(names = "--follow", description = "tells events as they happen, until Ctrl-C")
    private boolean follow;

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1) throw new UsageException("--limit: a number from 1 on is expected");
        if (follow && !filters().isEmpty())
            throw new UsageException("--follow tells of all calls: it takes no filters");
        var output = new Output(Objects.requireNonNull(spec).commandLine(), remote.json());
        RemoteApi api = remote.api();
        if (follow) {
            api.follow(event -> output.result(event, () -> output.line(happening(event))));
            return 0;
        }
        ArrayNode calls = api.list("/calls", filters(), limit);
        output.result(calls, () -> table(calls).lines().forEach(output::line));
        return 0;
    }

    private Map<String, String> filters() {
        var filters = new LinkedHashMap<String, String>();
        put(filters, "from", from);
        put(filters, "to", to);
        put(filters, "status", status);
        put(filters, "outcome", outcome);
        put(filters, "direction", direction);
        put(filters, "origin", origin);
        put(filters, "tag", tag);
        put(filters, "since", since);
        put(filters, "until", until);
        return filters;
    }

    private static void put(Map<String, String> filters, String name, @Nullable String value) {
        if (value != null) filters.put(name, value);
    }

    private static Columns table(ArrayNode calls) {
        var table = new Columns().row("CALL", "CREATED", "FROM", "TO", "STATUS", "OUTCOME");
        for (JsonNode call : calls) {
            table.row(
                    call.path("id").asText(),
                    call.path("t_create").asText(),
                    call.path("from").path("target").asText(),
                    call.path("to").path("target").asText(),
                    call.path("status").asText(),
                    call.path("outcome").asText());
        }
        return table;
    }

    /** One line of what happened: when, in which call, what, and what a reader wants to know of it first. */
    static String happening(JsonNode event) {
        JsonNode data = event.path("data");
        String more = switch (event.path("type").asText()) {
            case "call.created", "call.dialing", "call.incoming" ->
                data.path("call").path("from").path("target").asText() + " -> "
                        + data.path("call").path("to").path("target").asText();
            case "call.answered" -> data.path("codec").asText();
            case "call.ended" -> data.path("call").path("outcome").asText();
            case "dtmf.received" -> "key " + data.path("digit").asText();
            case "error" ->
                data.path("where").asText() + ": " + data.path("message").asText();
            default -> "";
        };
        String line = event.path("time").asText() + "  " + event.path("call_id").asText() + "  "
                + event.path("type").asText() + "  " + more;
        return line.stripTrailing();
    }
}
