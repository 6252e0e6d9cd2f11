package dev.outdial.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a new campaign is wanted like. */
final class CampaignOptions {
    /** As much as the server takes, with what stands around it. */
    private static final long MOST_BYTES = 3_900_000;

    @Option(names = "--flow", paramLabel = "FILE", description = "what is done in the calls: a flow (docs/flows.md)")
    private @Nullable Path flow;

    @Option(names = "--say", paramLabel = "TEXT", description = "in place of a flow: words that are said")
    private @Nullable String say;

    @Option(names = "--name", paramLabel = "TEXT", description = "for you")
    private @Nullable String name;

    @Option(names = "--from", paramLabel = "NUMBER", description = "who calls (default: the trunk's own)")
    private @Nullable String from;

    @Option(names = "--trunk", paramLabel = "NAME", description = "over that one (default: the first)")
    private @Nullable String trunk;

    @Option(
            names = "--window",
            paramLabel = "FROM-TO",
            description = "calls only then, by the clock of who is called, as 09:00-18:00")
    private @Nullable String window;

    @Option(names = "--zone", paramLabel = "ZONE", description = "that clock for all, as Europe/Berlin")
    private @Nullable String zone;

    @Option(names = "--not-before", paramLabel = "TIME", description = "no call earlier, as 2026-11-22T10:00:00Z")
    private @Nullable String notBefore;

    @Option(names = "--cps", paramLabel = "N", description = "so many calls begin in a second at most, as 2 or 0.5")
    private @Nullable Double perSecond;

    @Option(names = "--at-once", paramLabel = "N", description = "so many calls are up at a time at most")
    private @Nullable Integer atOnce;

    @Option(names = "--retries", paramLabel = "N", description = "who is busy or not there is dialled again so often")
    private @Nullable Integer retries;

    @Option(names = "--record", description = "records the calls")
    private boolean record;

    @Option(names = "--duplicates", description = "a number that comes twice is dialled twice; else that is an error")
    private boolean duplicates;

    /** Whether any was given. */
    boolean areAny() {
        return record
                || duplicates
                || Stream.of(flow, say, name, from, trunk, window, zone, notBefore, perSecond, atOnce, retries)
                        .anyMatch(Objects::nonNull);
    }

    /** The body that wants it. */
    ObjectNode wanted(Path table) throws FlowFiles.Unreadable {
        if (flow != null && say != null) throw new UsageException("--say stands in place of --flow");
        if (flow == null && say == null) throw new UsageException("--flow or --say: what is to be done in the calls?");
        if (zone != null && window == null) throw new UsageException("--zone belongs to a --window");
        ObjectNode wanted = RemoteApi.JSON.createObjectNode();
        if (flow != null) wanted.set("actions", actions(flow));
        put(wanted, "say", say);
        put(wanted, "name", name);
        put(wanted, "from", from);
        put(wanted, "trunk", trunk);
        if (record) wanted.put("record", true);
        if (duplicates) wanted.put("duplicates", "keep");
        ObjectNode schedule = schedule();
        if (!schedule.isEmpty()) wanted.set("schedule", schedule);
        ObjectNode pacing = RemoteApi.JSON.createObjectNode();
        if (perSecond != null) pacing.put("per_second", perSecond);
        if (atOnce != null) pacing.put("at_once", atOnce);
        if (!pacing.isEmpty()) wanted.set("pacing", pacing);
        return wanted.put("rows", text(table));
    }

    private ObjectNode schedule() {
        ObjectNode schedule = RemoteApi.JSON.createObjectNode();
        if (retries != null) schedule.put("retries", retries);
        put(schedule, "not_before", notBefore);
        if (window != null) {
            String[] times = window.split("-", -1);
            if (times.length != 2) throw new UsageException("--window: two times are expected, as 09:00-18:00");
            ObjectNode hours =
                    schedule.putObject("window").put("from", times[0]).put("to", times[1]);
            put(hours, "zone", zone);
        }
        return schedule;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) json.put(name, value);
    }

    /** The actions of a flow that makes sense here; whether it does there, the server says. */
    private static JsonNode actions(Path flow) throws FlowFiles.Unreadable {
        var unused = FlowFiles.flow(flow);
        try {
            JsonNode read = RemoteApi.JSON.readTree(FlowFiles.text(flow));
            return read.isArray() ? read : read.path("actions");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a flow that was read is no JSON", impossible);
        }
    }

    private static String text(Path table) throws FlowFiles.Unreadable {
        try {
            if (Files.size(table) > MOST_BYTES) throw new FlowFiles.Unreadable(table + " is larger than 3.9 MB");
            return Files.readString(table);
        } catch (NoSuchFileException none) {
            throw new FlowFiles.Unreadable("there is no file " + table);
        } catch (CharacterCodingException odd) {
            throw new FlowFiles.Unreadable(table + " is not UTF-8");
        } catch (IOException trouble) {
            throw new FlowFiles.Unreadable(table + " cannot be read");
        }
    }
}
