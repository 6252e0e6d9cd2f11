package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial dnc}: the numbers that a running server does not call. */
@Command(
        name = "dnc",
        description =
                "Shows the numbers that a running server does not call (do not call), after it has added and removed some.",
        sortOptions = false)
final class DncCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Option(names = "--add", paramLabel = "NUMBER", description = "is not called from now on; repeatable")
    private List<String> added = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why those that are added are not called")
    private @Nullable String reason;

    @Option(names = "--remove", paramLabel = "NUMBER", description = "may be called again; repeatable")
    private List<String> removed = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "shows at most so many (default: ${DEFAULT-VALUE})")
    private int limit = 1000;

    @Override
    public Integer call() {
        if (limit < 1) throw new UsageException("--limit: a number from 1 on is expected");
        if (reason != null && added.isEmpty()) throw new UsageException("--reason belongs to an --add");
        var output = new Output(Objects.requireNonNull(spec).commandLine(), remote.json());
        RemoteApi api = remote.api();
        for (String number : added) {
            ObjectNode body = RemoteApi.JSON.createObjectNode().put("number", number);
            if (reason != null) body.put("reason", reason);
            JsonNode unused = api.post("/donotcall", body);
        }
        for (String number : removed) api.delete("/donotcall/" + RemoteApi.encoded(number));
        ArrayNode numbers = api.list("/donotcall", Map.of(), limit);
        output.result(numbers, () -> table(numbers).lines().forEach(output::line));
        return 0;
    }

    private static Columns table(ArrayNode numbers) {
        var table = new Columns().row("NUMBER", "SINCE", "REASON");
        for (JsonNode number : numbers) {
            table.row(
                    number.path("number").asText(),
                    number.path("t_create").asText(),
                    number.path("reason").asText());
        }
        return table;
    }
}
