package dev.outdial.server.cli;

import dev.outdial.dialer.flow.draw.FlowDrawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code outdial flow draw}: a flow as a picture. */
@Command(
        name = "draw",
        description = "Draws a flow as SVG: a box for each action, an arrow for each way on.",
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:it is drawn", " 1:it cannot be read or written; standard error says why", "64:wrong usage"})
final class FlowDrawCommand implements Callable<Integer> {
    private static final int NOT_DRAWN = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the flow as JSON")
    private Path file = Path.of("");

    @Option(names = "--out", paramLabel = "FILE.svg", description = "where the picture goes (default: standard output)")
    private @Nullable Path out;

    @Override
    public Integer call() {
        var output = new Output(Objects.requireNonNull(spec).commandLine(), false);
        try {
            String svg = FlowDrawing.svg(FlowFiles.flow(file));
            if (out == null) output.line(svg.stripTrailing());
            else write(out, svg);
            return 0;
        } catch (FlowFiles.Unreadable trouble) {
            output.note("outdial: " + trouble.getMessage() + System.lineSeparator());
            return NOT_DRAWN;
        }
    }

    private static void write(Path to, String svg) throws FlowFiles.Unreadable {
        try {
            Files.writeString(to, svg);
        } catch (IOException trouble) {
            throw new FlowFiles.Unreadable(to + " cannot be written");
        }
    }
}
