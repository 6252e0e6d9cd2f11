package dev.outdial.server.config;

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

/** The reader of configurations is fed with inputs that are almost right. */
class ConfigFuzzTest {
    private static final byte[] EDGES = "{}[],:\"'-#&*!|>%@\n \t\\\u0000\u0085?".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private static byte[] changed(Random random) {
        List<byte[]> seeds = ConfigTarget.seeds();
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = random.nextInt(6); i >= 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(4)) {
                case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> input[at] = EDGES[random.nextInt(EDGES.length)];
                case 2 -> input = Arrays.copyOf(input, at);
                default -> input[at] = (byte) ('0' + random.nextInt(10));
            }
        }
        return input;
    }

    private static void feed(int count, long seed) {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] input = changed(random);
            try {
                ConfigTarget.fuzzerTestOneInput(input);
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed " + seed + " fails for " + HexFormat.of().formatHex(input), e);
            }
        }
    }

    /** Changes to what is garbage from the start would try nothing. */
    @Test
    void theSeedsAreGenuine() {
        assertThat(ConfigTarget.seeds()).allMatch(ConfigTarget::isTaken);
    }

    @Test
    void someMutationsAreTaken() {
        feed(2000, 1);
    }

    @Tag("slow")
    @Test
    void manyMutationsAreTaken() {
        feed(60_000, 2);
    }

    /** Led by coverage, in a JVM of its own. */
    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(ConfigTarget.class, ConfigTarget.seeds(), folder, 8192, "dev.outdial.**");
    }
}
