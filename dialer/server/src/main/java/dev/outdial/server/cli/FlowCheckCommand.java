package dev.outdial.server.cli;

import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.flow.FlowFinding;
import dev.outdial.dialer.flow.FlowFinding.Severity;
import dev.outdial.dialer.flow.json.FlowReader;
import dev.outdial.dialer.flow.lint.FlowLinter;
import dev.outdial.dialer.flow.lint.FlowSurroundings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial flow check}: what is wrong with flows, before anybody is called. */
@Command(
        name = "check",
        description = "Says what is wrong with flows and where: FILE: path: error or warning: what.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:no errors",
            " 1:errors, or warnings with --strict, or a file that cannot be read",
            "64:wrong usage"
        })
final class FlowCheckCommand implements Callable<Integer> {
    private static final int WRONG = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "flows as JSON")
    private List<Path> files = List.of();

    @Option(
            names = "--media",
            paramLabel = "DIR",
            description = "the folder that files are played from; each that is missing there is told")
    private @Nullable Path media;

    @Option(names = "--var", paramLabel = "NAME", description = "a variable that the call will have; may be repeated")
    private Set<String> variables = new HashSet<>();

    @Option(names = "--json", description = "one JSON array on standard output")
    private boolean json;

    @Option(names = "--strict", description = "a warning is as bad as an error")
    private boolean strict;

    /** One finding, for programs. */
    record Found(String file, String path, String severity, String sentence) {}

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), json);
        if (media != null && !Files.isDirectory(media)) {
            throw new UsageException("--media: " + media + " is not a folder");
        }
        List<Found> all = new ArrayList<>();
        boolean wrong = false;
        for (Path file : files) {
            try {
                List<FlowFinding> findings = findings(file);
                wrong |= findings.stream().anyMatch(this::isWrong);
                findings.forEach(finding -> all.add(found(file, finding)));
            } catch (IOException unreadable) {
                wrong = true;
                output.note("outdial: " + sentence(file, unreadable) + System.lineSeparator());
            }
        }
        output.result(all, () -> all.forEach(one -> output.line(line(one))));
        return wrong ? WRONG : 0;
    }

    private boolean isWrong(FlowFinding finding) {
        return strict || finding.severity() == Severity.ERROR;
    }

    private List<FlowFinding> findings(Path file) throws IOException {
        try {
            return FlowLinter.check(FlowReader.text(file), surroundings());
        } catch (FlowException noText) {
            return noText.findings();
        }
    }

    private FlowSurroundings surroundings() {
        var surroundings = FlowSurroundings.NONE.knowing(variables);
        return Optional.ofNullable(media)
                .map(folder -> surroundings.withMedia(name -> isBelow(folder, name)))
                .orElse(surroundings);
    }

    /** Whether there is a file of that name in the folder, or below it. */
    static boolean isBelow(Path folder, String name) {
        try {
            Path file = folder.resolve(name).normalize();
            return file.startsWith(folder.normalize()) && Files.isRegularFile(file);
        } catch (InvalidPathException none) {
            return false;
        }
    }

    private static String sentence(Path file, IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException none -> "there is no file " + file;
            case AccessDeniedException denied -> file + " may not be read";
            default -> file + " cannot be read";
        };
    }

    private static Found found(Path file, FlowFinding finding) {
        return new Found(
                file.toString(),
                finding.path(),
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.sentence());
    }

    private static String line(Found found) {
        String place = found.path().isEmpty() ? "" : found.path() + ": ";
        return found.file() + ": " + place + found.severity() + ": " + found.sentence();
    }
}
