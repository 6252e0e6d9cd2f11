package dev.outdial.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.fuzz.JazzerRun;
import dev.outdial.sip.message.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Challenges that are almost right: each is answered or passed over. */
class ChallengeFuzzTest {
    private static final byte[] EDGES = "\"\\,=; \u007f".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void theSeedsAreGenuineAndSomeMutationsAreTaken() {
        for (String seed : ChallengeTarget.SEEDS) {
            assertThat(Challenge.in(Headers.of("WWW-Authenticate", seed)))
                    .as(seed)
                    .hasSize(1);
            ChallengeTarget.fuzzerTestOneInput(seed.getBytes(StandardCharsets.UTF_8));
        }
        feed(20_000, 1);
    }

    @Tag("slow")
    @Test
    void aMillionMutationsAreTakenInTime() {
        long start = System.nanoTime();
        feed(1_000_000, 2);
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(2));
    }

    @Tag("slow")
    @Test
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(
                ChallengeTarget.class,
                ChallengeTarget.SEEDS.stream()
                        .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                        .toList(),
                folder,
                2048,
                "dev.outdial.**");
    }

    private static void feed(int count, long seed) {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] input = mutated(random);
            try {
                ChallengeTarget.fuzzerTestOneInput(input);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + new String(input, StandardCharsets.UTF_8), e);
            }
        }
    }

    private static byte[] mutated(Random random) {
        List<String> seeds = ChallengeTarget.SEEDS;
        byte[] input = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(6); i >= 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(4)) {
                case 0 -> input[at] = EDGES[random.nextInt(EDGES.length)];
                case 1 -> input[at] = (byte) random.nextInt(256);
                case 2 -> input = Arrays.copyOf(input, at);
                default -> {
                    // A part of it comes twice, or is left out.
                    int from = random.nextInt(input.length);
                    byte[] spliced = Arrays.copyOf(input, at + input.length - from);
                    System.arraycopy(input, from, spliced, at, input.length - from);
                    input = spliced;
                }
            }
        }
        return input;
    }
}
