package dev.outdial.server.facade.neutrino;

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

/** The reader of parameters is fed with inputs that are almost right. */
class ParametersFuzzTest {
    private static final byte[] EDGES = "{}[],:\"%&=;-\r\n\u0000 \u0085".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private static byte[] changed(Random random) {
        List<byte[]> seeds = ParametersTarget.seeds();
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = random.nextInt(6); i >= 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(4)) {
                case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> input[at] = EDGES[random.nextInt(EDGES.length)];
                case 2 -> input = Arrays.copyOf(input, at);
                default -> {
                    byte[] other = seeds.get(random.nextInt(seeds.size()));
                    int from = random.nextInt(other.length);
                    byte[] spliced = Arrays.copyOf(input, at + other.length - from);
                    System.arraycopy(other, from, spliced, at, other.length - from);
                    input = spliced;
                }
            }
        }
        return input;
    }

    private static void feed(int count, long seed) {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] input = changed(random);
            try {
                ParametersTarget.fuzzerTestOneInput(input);
            } catch (Throwable e) {
                throw new AssertionError("fails for " + HexFormat.of().formatHex(input), e);
            }
        }
    }

    /** Changes to what is garbage from the start would try nothing. */
    @Test
    void theSeedsAreGenuine() {
        assertThat(ParametersTarget.seeds()).extracting(ParametersTarget::read).containsExactly(true, true, true, true);
    }

    @Test
    void someMutationsAreTaken() {
        feed(3000, 1);
    }

    @Tag("slow")
    @Test
    void millionsOfMutationsAreTaken() {
        feed(400_000, 2);
    }

    /** Led by coverage, in a JVM of its own. */
    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(ParametersTarget.class, ParametersTarget.seeds(), folder, 4096, "dev.outdial.**");
    }
}
