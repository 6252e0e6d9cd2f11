package dev.outdial.server.cli;

import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.lint.FlowLinter;
import dev.outdial.dialer.flow.lint.FlowSurroundings;
import dev.outdial.dialer.flow.run.FlowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A flow that decides what is done in a call, in place of the other options; shared by {@code call} and {@code answer}. */
final class FlowOptions {
    /** What a flow does itself. */
    private static final List<String> OTHERS = List.of(
            "--play",
            "--say",
            "--repeat",
            "--volume",
            "--level",
            "--hold",
            "--language",
            "--voice",
            "--send-digits",
            "--collect",
            "--collect-until",
            "--within",
            "--amd",
            "--amd-wait-beep",
            "--park",
            "--transfer",
            "--record",
            "--record-both",
            "--record-format",
            "--ring-for",
            "--decline",
            "--redirect");

    @Option(
            names = "--flow",
            paramLabel = "FILE",
            description =
                    "do in the call what this flow says (JSON; outdial flow check looks at it), and nothing besides")
    private @Nullable Path file;

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "a variable that the flow begins with; repeatable")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--media", paramLabel = "DIR", description = "the folder that the flow may play files from")
    private @Nullable Path media;

    @Option(
            names = "--record-dir",
            paramLabel = "DIR",
            description = "the folder that the flow's recordings go to (default: the current one)")
    private @Nullable Path recordings;

    private List<FlowFinding> findings = List.of();

    /**
     * What is to be run.
     *
     * @param variables the user's own
     * @param findings what is to be said of the flow; no errors among it
     */
    record Wish(Flow flow, Map<String, String> variables, FlowSettings settings, List<FlowFinding> findings) {
        /** Says what its author should know, before anybody is called. */
        void print(Output output) {
            findings.forEach(finding -> output.progress(finding.toString()));
        }
    }

    /**
     * The flow that is to be run, read whole; empty where none is.
     *
     * @param config how the dialer that calls is set up
     */
    Optional<Wish> wish(CommandSpec spec, DialerConfig config) {
        if (file == null) {
            for (String own : List.of("--var", "--media", "--record-dir")) {
                if (isGiven(spec, own)) throw new UsageException(own + ": it is for a --flow, and there is none");
            }
            return Optional.empty();
        }
        for (String other : OTHERS) {
            if (isGiven(spec, other)) {
                throw new UsageException("--flow and " + other + ": the flow says all that is done in the call");
            }
        }
        Flow flow = read(file);
        for (String name : variables.keySet()) {
            if (name.startsWith(Variables.OURS)) {
                throw new UsageException(
                        "--var: names that begin with " + Variables.OURS + " are set by the call itself");
            }
        }
        return Optional.of(new Wish(flow, Map.copyOf(variables), settings(config), findings));
    }

    private static boolean isGiven(CommandSpec spec, String option) {
        return spec.findOption(option) != null
                && spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private Flow read(Path from) {
        try {
            String json = FlowReader.text(from);
            findings = FlowLinter.check(json, surroundings());
            if (findings.stream().anyMatch(finding -> finding.severity() == FlowFinding.Severity.ERROR)) {
                throw new FlowException(findings);
            }
            return FlowReader.read(json);
        } catch (IOException unreadable) {
            throw new UsageException(
                    "--flow: " + (Files.exists(from) ? from + " cannot be read" : "there is no file " + from));
        } catch (FlowException wrong) {
            throw new UsageException(
                    "--flow: " + from + " cannot be run:" + System.lineSeparator() + wrong.getMessage());
        }
    }

    private FlowSurroundings surroundings() {
        FlowSurroundings known = FlowSurroundings.NONE.knowing(variables.keySet());
        return Optional.ofNullable(media)
                .map(folder -> known.withMedia(name -> FlowCheckCommand.isBelow(folder, name)))
                .orElse(known);
    }

    private FlowSettings settings(DialerConfig config) {
        if (media != null && !Files.isDirectory(media)) {
            throw new UsageException("--media: there is no folder " + media);
        }
        Path folder = recordings == null ? Path.of("") : recordings;
        if (Files.exists(folder.toAbsolutePath()) && !Files.isDirectory(folder.toAbsolutePath())) {
            throw new UsageException("--record-dir: " + folder + " is no folder");
        }
        FlowSettings settings = FlowSettings.of()
                .withRecordings(folder)
                .withHttp(config.sound().fetch())
                .withOptOut(number -> {
                    throw new IllegalStateException("the command line keeps none");
                });
        return media == null ? settings : settings.withMedia(media);
    }
}
