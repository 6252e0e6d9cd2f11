package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial hangup}: ends calls of a running server. */
@Command(
        name = "hangup",
        description = "Ends calls of a running server, wherever they stand; one that is over stays as it is.",
        sortOptions = false)
final class HangupCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "CALL", arity = "1..*", description = "their ids")
    private List<String> ids = new ArrayList<>();

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), remote.json());
        RemoteApi api = remote.api();
        ArrayNode ended = RemoteApi.JSON.createArrayNode();
        for (String id : ids) {
            ended.add(api.post("/calls/" + RemoteApi.encoded(id) + "/hangup", RemoteApi.JSON.createObjectNode()));
        }
        output.result(ended, () -> {
            for (JsonNode call : ended) {
                output.line(
                        call.path("id").asText() + "  " + call.path("status").asText() + "  "
                                + call.path("outcome").asText());
            }
        });
        return 0;
    }
}
