package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code outdial trunks}: the trunks of a running server. */
@Command(
        name = "trunks",
        description =
                "Shows the trunks of a running server and how they are; registers one anew, or has the configuration read again, where that is asked for.",
        sortOptions = false)
final class TrunksCommand implements Callable<Integer> {
    private static final int ALL = 1000;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Option(names = "--register", paramLabel = "NAME", description = "registers that one now")
    private @Nullable String register;

    @Option(names = "--reload", description = "has the server read its configuration file again; calls go on")
    private boolean reload;

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), remote.json());
        RemoteApi api = remote.api();
        if (register != null) {
            JsonNode unused = api.post("/trunks/" + id(api, register) + "/register", RemoteApi.JSON.createObjectNode());
        }
        if (reload) {
            JsonNode report = api.post("/trunks/reload", RemoteApi.JSON.createObjectNode());
            output.result(report, () -> ReloadSentences.of(report).forEach(output::line));
            if (remote.json()) return 0;
        }
        ArrayNode trunks = api.list("/trunks", Map.of(), ALL);
        output.result(trunks, () -> table(trunks).lines().forEach(output::line));
        return 0;
    }

    private static String id(RemoteApi api, String name) {
        return StreamSupport.stream(api.list("/trunks", Map.of(), ALL).spliterator(), false)
                .filter(trunk -> trunk.path("name").asText().equals(name))
                .map(trunk -> trunk.path("id").asText())
                .findFirst()
                .orElseThrow(() -> new RemoteException(
                        RemoteException.REFUSED, "--register: the server has no trunk '" + name + "'"));
    }

    private static Columns table(ArrayNode trunks) {
        var table = new Columns().row("TRUNK", "HOST", "STATE", "CALLS", "WHY");
        for (JsonNode trunk : trunks) {
            JsonNode status = trunk.path("status");
            int port = trunk.path("port").asInt();
            table.row(
                    trunk.path("name").asText(),
                    trunk.path("host").asText() + (port == 0 ? "" : ":" + port),
                    status.path("state").asText(),
                    status.path("channels_in_use").asText() + " of "
                            + (trunk.path("max_channels").asInt() == 0
                                    ? "any"
                                    : trunk.path("max_channels").asText()),
                    status.path("reason").asText());
        }
        return table;
    }
}
