package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Types examples into one shell, one after the other, so that what one puts into a variable the next has. */
final class ShellRun {
    /** Stands between the outputs; nothing else writes it. */
    private static final String MARK = "\u001e\n";

    private static final String BEGIN = """
            set -euo pipefail
            curl() { command curl --max-time 30 -w '%{stderr}HTTP %{http_code}\\n' "$@"; }
            """;

    private ShellRun() {}

    /** What came of one. @param statuses of its requests, in order */
    record Output(String text, List<String> statuses) {}

    static boolean isPossible() {
        String path = System.getenv().getOrDefault("PATH", "");
        return List.of("bash", "curl").stream()
                .allMatch(program -> Arrays.stream(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))));
    }

    static List<Output> of(List<CompatPage.Example> examples, Map<String, String> variables)
            throws IOException, InterruptedException {
        var script = new StringBuilder(BEGIN);
        for (CompatPage.Example example : examples) {
            script.append("printf '\\036\\n'; printf '\\036\\n' >&2\n").append(example.commands());
        }
        Path out = Files.createTempFile("compat", ".out");
        Path err = Files.createTempFile("compat", ".err");
        try {
            var shell = new ProcessBuilder("bash", "-c", script.toString())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            shell.environment().putAll(variables);
            Process process = shell.start();
            process.getOutputStream().close();
            boolean isOver = process.waitFor(120, TimeUnit.SECONDS);
            if (!isOver) process.destroyForcibly();
            List<String> said = parts(Files.readString(out));
            List<String> asked = parts(Files.readString(err));
            assertThat(isOver && process.exitValue() == 0)
                    .as("the shell ended: " + said + " " + asked)
                    .isTrue();
            assertThat(said).hasSameSizeAs(examples);
            var outputs = new ArrayList<Output>();
            for (int i = 0; i < said.size(); i++) outputs.add(new Output(said.get(i), statuses(asked.get(i))));
            return outputs;
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static List<String> parts(String text) {
        List<String> parts = List.of(text.split(MARK, -1));
        return parts.subList(1, parts.size());
    }

    private static List<String> statuses(String text) {
        return text.lines()
                .filter(line -> line.startsWith("HTTP "))
                .map(line -> line.substring("HTTP ".length()))
                .toList();
    }
}
