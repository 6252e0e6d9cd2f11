package dev.outdial.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What others made is served as they published it, and it is written down what it is. */
class VendorTest {
    private static byte[] file(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(Dashboard.class.getResourceAsStream("vendor/" + name), name)) {
            return stream.readAllBytes();
        }
    }

    private static List<String[]> versions() throws IOException {
        return new String(file("VERSIONS"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" +"))
                .toList();
    }

    @Test
    void everyFileIsWrittenDownWithPackageVersionLicenceAndHash() throws Exception {
        assertThat(versions()).allSatisfy(line -> assertThat(line).hasSize(6));
        assertThat(versions()).extracting(line -> line[0]).containsExactlyInAnyOrderElementsOf(Assets.VENDOR);
        for (String[] line : versions()) {
            assertThat(line[2]).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(line[3]).isIn("MIT", "0BSD");
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file(line[0]));
            assertThat(HexFormat.of().formatHex(hash)).as(line[0]).isEqualTo(line[5]);
        }
    }

    @Test
    void noFileOfOursRunsTextAsAProgramOrAsksElsewhere() throws Exception {
        for (String name : List.of("dashboard.js", "plots.js", "waveform.js", "dashboard.css")) {
            try (InputStream stream = Objects.requireNonNull(Dashboard.class.getResourceAsStream(name), name)) {
                String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).as(name).doesNotContain("eval(", "new Function", "innerHTML", "http://", "https://");
            }
        }
    }
}
