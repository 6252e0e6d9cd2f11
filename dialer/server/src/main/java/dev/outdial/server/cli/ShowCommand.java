package dev.outdial.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial show}: one call of a running server. */
@Command(
        name = "show",
        description = "Shows a call of a running server: how it ended, what happened when, what its sound was like.",
        sortOptions = false)
final class ShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Parameters(paramLabel = "CALL", description = "its id")
    private String id = "";

    @Option(
            names = "--ladder",
            description = "its SIP messages too, as a ladder; with --json all that is known of them")
    private boolean ladder;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "write its SIP messages to that file: .pcap for Wireshark, with its RTP where the server kept that, .svg for a picture of the ladder, .txt or .json")
    private @Nullable Path trace;

    @Override
    public Integer call() {
        // Before anything is asked: a file that cannot be understood is the user's to change.
        String format = trace == null ? "" : format(trace);
        var output = new Output(Objects.requireNonNull(spec).commandLine(), remote.json());
        RemoteApi api = remote.api();
        JsonNode call = api.get("/calls/" + RemoteApi.encoded(id));
        JsonNode events = api.get("/calls/" + RemoteApi.encoded(id) + "/events").path("items");
        ObjectNode all = RemoteApi.JSON.createObjectNode();
        all.set("call", call);
        all.set("events", events);
        String way = "/calls/" + RemoteApi.encoded(id) + "/trace";
        if (ladder && remote.json()) all.set("trace", api.get(way));
        output.result(all, () -> {
            print(call, events, output);
            if (ladder) ladder(new String(api.bytes(way + "?format=text"), StandardCharsets.UTF_8), output);
        });
        if (trace != null) write(trace, api.bytes(way + "?format=" + format));
        return 0;
    }

    private static String format(Path file) {
        String name = file.toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "pcap", "svg", "json" -> ending;
            case "txt" -> "text";
            default -> throw new UsageException("--trace: a file that ends in .pcap, .svg, .txt or .json is expected");
        };
    }

    /** What stands before the first empty line; each message in full comes behind it. */
    private static void ladder(String text, Output output) {
        output.line("");
        text.lines().takeWhile(line -> !line.isEmpty()).forEach(output::line);
    }

    private static void write(Path file, byte[] content) {
        try {
            Path unused = Files.write(file, content);
        } catch (IOException unwritable) {
            throw new UsageException("--trace: " + file + " cannot be written");
        }
    }

    private static void print(JsonNode call, JsonNode events, Output output) {
        var facts = new Columns()
                .row("call", call.path("id").asText())
                .row("from", call.path("from").path("target").asText())
                .row("to", call.path("to").path("target").asText())
                .row("trunk", call.path("trunk").asText())
                .row("status", call.path("status").asText());
        fact(facts, "outcome", call.path("outcome"));
        fact(facts, "hangup by", call.path("hangup_by"));
        fact(facts, "cause", call.path("cause"));
        if (call.path("sip_code").isInt()) {
            facts.row(
                    "SIP",
                    call.path("sip_code").asText() + " "
                            + call.path("sip_phrase").asText());
        }
        fact(facts, "codec", call.path("codec"));
        fact(facts, "keys", call.path("digits_all"));
        rtp(facts, call.path("rtp_stats"));
        facts.lines().forEach(output::line);
        output.line("");
        timeline(events).lines().forEach(output::line);
    }

    private static void fact(Columns facts, String name, JsonNode value) {
        if (!value.asText().isEmpty()) facts.row(name, value.asText());
    }

    private static void rtp(Columns facts, JsonNode rtp) {
        for (var each : rtp.properties()) {
            if (each.getValue().isValueNode() && !each.getValue().isNull())
                facts.row(
                        "RTP " + each.getKey().replace('_', ' '),
                        each.getValue().asText());
        }
    }

    private static Columns timeline(JsonNode events) {
        var table = new Columns();
        Instant first = null;
        for (JsonNode event : events) {
            Instant time = time(event);
            if (first == null) first = time;
            double seconds = Duration.between(first, time).toMillis() / 1000.0;
            String[] line = CallsCommand.happening(event).split("  ", -1);
            table.row(
                    String.format(Locale.ROOT, "%8.3f", seconds),
                    event.path("type").asText(),
                    line.length > 3 ? line[3] : "");
        }
        return table;
    }

    private static Instant time(JsonNode event) {
        try {
            return Instant.parse(event.path("time").asText());
        } catch (DateTimeParseException none) {
            throw new RemoteException(RemoteException.UNREACHABLE, "the server told an event without a time");
        }
    }
}
