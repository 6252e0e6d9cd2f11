package dev.outdial.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.server.fuzz.JazzerRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of tables is fed with inputs that are almost right. */
class CsvFuzzTest {
    private static final byte[] EDGES = "\",;\t\r\n +\u0000\u0085".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder = Path.of("");

    private static byte[] changed(Random random) {
        List<byte[]> seeds = CsvTarget.seeds();
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = random.nextInt(6); i >= 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(3)) {
                case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> input[at] = EDGES[random.nextInt(EDGES.length)];
                default -> input = Arrays.copyOf(input, at);
            }
        }
        return input;
    }

    private static void feed(int count, long seed) {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] input = changed(random);
            try {
                CsvTarget.fuzzerTestOneInput(input);
            } catch (Throwable e) {
                throw new AssertionError("fails for " + HexFormat.of().formatHex(input), e);
            }
        }
    }

    /** Changes to what is garbage from the start would try nothing. */
    @Test
    void theSeedsAreGenuine() {
        // A line break in a cell is read, and refused as a variable.
        assertThat(CsvTarget.seeds()).extracting(CsvTarget::read).containsExactly(2, 0, 1, 1);
    }

    @Test
    void someMutationsAreTaken() {
        feed(5000, 1);
    }

    @Tag("slow")
    @Test
    void manyMutationsAreTaken() {
        feed(400_000, 2);
    }

    /** Led by coverage, in a JVM of its own. */
    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(CsvTarget.class, CsvTarget.seeds(), folder, 4096, "dev.outdial.**");
    }
}
