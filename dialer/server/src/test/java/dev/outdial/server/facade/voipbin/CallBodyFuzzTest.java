package dev.outdial.server.facade.voipbin;

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

/** The reader of wishes for calls is fed with inputs that are almost right. */
class CallBodyFuzzTest {
    private static final byte[] EDGES = "{}[],:\"\\u0019eE+-.\u0000\u0085 ".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private static void feed(int count, long seed) {
        var random = new Random(seed);
        List<byte[]> seeds = CallBodyTarget.seeds();
        for (int i = 0; i < count; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int j = random.nextInt(4); j >= 0 && input.length > 0; j--) {
                int at = random.nextInt(input.length);
                switch (random.nextInt(3)) {
                    case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
                    case 1 -> input[at] = EDGES[random.nextInt(EDGES.length)];
                    default -> input = Arrays.copyOf(input, at);
                }
            }
            try {
                CallBodyTarget.fuzzerTestOneInput(input);
            } catch (Throwable e) {
                throw new AssertionError("fails for " + HexFormat.of().formatHex(input), e);
            }
        }
    }

    /** Changes to what is garbage from the start would try nothing. */
    @Test
    void theSeedsAreGenuine() {
        assertThat(CallBodyTarget.seeds()).extracting(CallBodyTarget::calls).containsExactly(2, 1);
    }

    @Test
    void someMutationsAreTaken() {
        feed(2000, 1);
    }

    /** Led by coverage, in a JVM of its own. */
    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(CallBodyTarget.class, CallBodyTarget.seeds(), folder, 4096, "dev.outdial.**");
    }
}
