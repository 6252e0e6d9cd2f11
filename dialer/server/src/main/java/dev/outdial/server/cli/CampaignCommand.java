package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial campaign}: many numbers of a table, dialled by a running server. */
@Command(
        name = "campaign",
        description = {
            "Has a running server dial the numbers of a table, and tells how that goes until it is over.",
            "The table is CSV: its first row names the columns, 'number' is one of them, the others are variables of the"
                    + " flow. Ctrl-C leaves the campaign running. Without a table or an option the campaigns are listed."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:done",
            " 1:the server said no, or a file cannot be read; the sentence says why",
            "14:nobody looks any more; the campaign goes on",
            "64:wrong usage",
            "69:no server answered",
            "77:no access key, or not a good one"
        })
final class CampaignCommand implements Callable<Integer> {
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_LISTED = 1000;
    private static final int UNREADABLE = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "TABLE", arity = "0..1", description = "a CSV file with a column 'number'")
    private @Nullable Path table;

    @Mixin
    private CampaignOptions wishes = new CampaignOptions();

    @ArgGroup
    private @Nullable Known known;

    /** What is done with one that there is. */
    static final class Known {
        @Option(names = "--resume", paramLabel = "ID", description = "goes on where it was paused, and looks on")
        private @Nullable String resume;

        @Option(names = "--pause", paramLabel = "ID", description = "no call of it begins; those that are up go on")
        private @Nullable String pause;

        @Option(names = "--cancel", paramLabel = "ID", description = "what waits of it is not dialled any more")
        private @Nullable String cancel;

        @Option(names = "--result", paramLabel = "ID", description = "prints what became of its numbers, as CSV")
        private @Nullable String result;
    }

    @Override
    public Integer call() throws InterruptedException {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), remote.json());
        boolean isNew = table != null;
        if (isNew && known != null)
            throw new UsageException("a table is for a new campaign, not for one that there is");
        if (!isNew && wishes.areAny())
            throw new UsageException("a table is expected: a CSV file with a column 'number'");
        RemoteApi api = remote.api();
        if (isNew) return begun(api, output);
        return known == null ? listed(api, output) : handled(known, api, output);
    }

    private int begun(RemoteApi api, Output output) throws InterruptedException {
        ObjectNode wanted;
        try {
            wanted = wishes.wanted(Objects.requireNonNull(table));
        } catch (FlowFiles.Unreadable unreadable) {
            output.note("outdial: " + unreadable.getMessage() + System.lineSeparator());
            return UNREADABLE;
        }
        try (var interruption = new Interruption()) {
            // The campaign is the server's: to end this command ends nothing else.
            interruption.ending(() -> {});
            JsonNode campaign =
                    api.create("/campaigns", wanted, UUID.randomUUID().toString());
            output.note("campaign " + campaign.path("id").asText() + " with "
                    + campaign.path("rows").asText() + " numbers" + System.lineSeparator());
            return followed(campaign, api, output, interruption);
        }
    }

    private static int handled(Known one, RemoteApi api, Output output) throws InterruptedException {
        if (one.result != null) {
            output.text(api.text(path(one.result) + "/result"));
            return 0;
        }
        if (one.resume != null) {
            try (var interruption = new Interruption()) {
                interruption.ending(() -> {});
                return followed(asked(api, one.resume, "resume"), api, output, interruption);
            }
        }
        JsonNode campaign = one.pause != null
                ? asked(api, one.pause, "pause")
                : asked(api, Objects.requireNonNull(one.cancel), "cancel");
        output.result(campaign, () -> output.line(CampaignProgress.line(campaign)));
        return 0;
    }

    private static String path(String id) {
        return "/campaigns/" + RemoteApi.encoded(id);
    }

    private static JsonNode asked(RemoteApi api, String id, String verb) {
        return api.post(path(id) + "/" + verb, RemoteApi.JSON.createObjectNode());
    }

    /** Tells how it stands until it is over, or somebody ends this command. */
    private static int followed(JsonNode begun, RemoteApi api, Output output, Interruption interruption)
            throws InterruptedException {
        String id = begun.path("id").asText();
        var progress = new CampaignProgress(output::note, System.console() != null);
        JsonNode campaign = begun;
        progress.show(campaign);
        while (!isOver(campaign) && !interruption.requested()) {
            interruption.pause(LOOK_NANOS);
            campaign = looked(api, id, campaign);
            progress.show(campaign);
        }
        progress.end();
        if (!isOver(campaign)) {
            String again = "outdial campaign --";
            output.note(Stream.of(
                            "The campaign goes on. To look on: " + again + "resume " + id,
                            "To stop it for now: " + again + "pause " + id + "; for good: " + again + "cancel " + id,
                            "What became of its numbers: " + again + "result " + id)
                    .map(line -> line + System.lineSeparator())
                    .reduce("", String::concat));
        }
        JsonNode last = campaign;
        output.result(last, () -> output.line(CampaignProgress.line(last)));
        return interruption.exitStatus(0);
    }

    /** A server that is started anew is waited for: what it has accepted it dials. */
    private static JsonNode looked(RemoteApi api, String id, JsonNode before) {
        try {
            return api.get(path(id));
        } catch (RemoteException none) {
            if (none.exitStatus() != RemoteException.UNREACHABLE) throw none;
            return before;
        }
    }

    private static boolean isOver(JsonNode campaign) {
        String status = campaign.path("status").asText();
        return status.equals("ended") || status.equals("canceled");
    }

    private static int listed(RemoteApi api, Output output) {
        ArrayNode campaigns = api.list("/campaigns", Map.of(), MOST_LISTED);
        var lines = new Columns().row("CAMPAIGN", "CREATED", "NAME", "STATUS", "NUMBERS", "OVER");
        for (JsonNode campaign : campaigns) {
            lines.row(
                    campaign.path("id").asText(),
                    campaign.path("t_create").asText(),
                    campaign.path("name").asText(),
                    campaign.path("status").asText(),
                    campaign.path("rows").asText(),
                    campaign.path("counts").path("over").asText());
        }
        output.result(campaigns, () -> lines.lines().forEach(output::line));
        return 0;
    }
}
