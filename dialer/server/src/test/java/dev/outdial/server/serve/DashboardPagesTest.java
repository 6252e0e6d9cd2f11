package dev.outdial.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in Debian's Chromium, led by Playwright. Pictures of them, light, dark and narrow, are kept in {@code target/screenshots}. Skipped,
 * and says so, where browser, node or npm's registry is away.
 */
@Tag("interop")
@Timeout(300)
class DashboardPagesTest {
    /** The last that runs on Debian 12's node, as its makers published it; it needs no other package. */
    private static final URI LIBRARY =
            URI.create("https://registry.npmjs.org/playwright-core/-/playwright-core-1.56.1.tgz");

    private static final String LIBRARY_SHA256 = "fa648e5442796d4160c68dcfc3914ed5224f147852264993e6376e29f0228238";

    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target", "screenshots");

    private record Ran(int status, String output) {}

    private static Ran run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output-" + command.getFirst() + ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean isOver = process.waitFor(240, TimeUnit.SECONDS);
        if (!isOver) process.destroyForcibly();
        return new Ran(isOver ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
    }

    private static void skip(String what) {
        String why = "the pages are not tested: " + what;
        System.out.println(why);
        abort(why);
    }

    private static void install(Path folder) throws IOException, InterruptedException {
        if (!Files.isExecutable(BROWSER)) skip(BROWSER + " is missing");
        try {
            assertThat(run(folder, List.of("node", "--version")).status()).isZero();
        } catch (IOException missing) {
            skip("node is missing");
        }
        Path archive = folder.resolve("library.tgz");
        try (HttpClient client = HttpClient.newHttpClient()) {
            var asked = HttpRequest.newBuilder(LIBRARY)
                    .timeout(Duration.ofSeconds(60))
                    .build();
            var answer = client.send(asked, BodyHandlers.ofFile(archive));
            assertThat(answer.statusCode()).as("%s", LIBRARY).isEqualTo(200);
        } catch (IOException away) {
            skip(LIBRARY + " cannot be reached");
        }
        assertThat(sha256(archive)).isEqualTo(LIBRARY_SHA256);
        assertThat(run(folder, List.of("tar", "xzf", archive.toString())).status())
                .isZero();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void somebodySignsInPlacesACallSeesItEndAndOpensItsPage(@TempDir Path folder, @TempDir Path data) throws Exception {
        install(folder);
        Path script = folder.resolve("pages.cjs");
        try (InputStream source =
                Objects.requireNonNull(getClass().getResourceAsStream("/interop/dashboard/pages.cjs"))) {
            long unused = Files.copy(source, script);
        }
        Path unused = Files.createDirectories(PICTURES);
        try (Server server = Server.startWithKey(DashboardTest.config(data))) {
            Ran ran = run(
                    folder,
                    List.of(
                            "node",
                            script.toString(),
                            folder.resolve("package").toString(),
                            BROWSER.toString(),
                            server.url(),
                            server.key().orElseThrow().text(),
                            PICTURES.toAbsolutePath().toString()));
            assertThat(ran.status()).as(ran.output()).isZero();
            assertThat(ran.output())
                    .contains("\"signed in\"", "Europe/Berlin", "\"talking\"", "\"over\"", "\"heard\"", "\"hung up\"")
                    .contains("\"signed in by the printed address\"", "\"done\"");
        }
        try (Stream<Path> pictures = Files.list(PICTURES)) {
            assertThat(pictures.map(path -> String.valueOf(path.getFileName())))
                    .contains(
                            "live-light.png", "live-dark.png", "live-narrow.png", "call-light.png", "place-light.png");
        }
    }
}
