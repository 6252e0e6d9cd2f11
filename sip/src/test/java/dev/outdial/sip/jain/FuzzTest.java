package dev.outdial.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.sip.Torture;
import dev.outdial.sip.fuzz.JazzerRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from the network is almost right: whole messages through guard, parser and converter, and streams through the framing. */
class FuzzTest {
    private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MAX_BYTES = 16_000;
    private static final byte[] EDGES =
            "\u0000\r\n\t :;,<>@\"\\%=[]()?\u007f\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    private Path folder;

    private static List<byte[]> seeds() {
        return Torture.all().stream().map(Torture::bytes).toList();
    }

    /** Changes to what is garbage from the start would try nothing. */
    @Test
    void theSeedsAreGenuine() {
        assertThat(seeds().stream().filter(DatagramTarget::read).count()).isGreaterThan(40);
        assertThat(seeds().stream()
                        .filter(seed -> StreamTarget.messages(seed) == 1)
                        .count())
                .isGreaterThan(50);
    }

    @Test
    void someMutationsAreTaken() {
        feed(1_500, 1);
    }

    @Tag("slow")
    @Test
    void twentyThousandMutationsAreTakenInTime() {
        feed(20_000, 2);
    }

    private static void feed(int count, long seed) {
        var random = new Random(seed);
        List<byte[]> seeds = seeds();
        for (int i = 0; i < count; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int change = random.nextInt(8); change >= 0; change--) input = changed(input, seeds, random);
            long start = System.nanoTime();
            take(input, seed);
            // Held up once may be the machine; held up again is the input.
            if (System.nanoTime() - start > MAX_NANOS)
                assertThat(shortestNanos(input, seed)).isLessThan(MAX_NANOS);
        }
    }

    private static void take(byte[] input, long seed) {
        try {
            DatagramTarget.fuzzerTestOneInput(input);
            StreamTarget.fuzzerTestOneInput(input);
        } catch (Throwable e) {
            throw new AssertionError(
                    "seed " + seed + " fails for " + HexFormat.of().formatHex(input), e);
        }
    }

    private static long shortestNanos(byte[] input, long seed) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            take(input, seed);
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest;
    }

    private static byte[] changed(byte[] input, List<byte[]> seeds, Random random) {
        if (input.length == 0) return seeds.getFirst().clone();
        int at = random.nextInt(input.length);
        switch (random.nextInt(6)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> input[at] = EDGES[random.nextInt(EDGES.length)];
            case 2 -> {
                return Arrays.copyOf(input, at);
            }
            case 3 -> {
                return spliced(input, at, input, random.nextInt(input.length));
            }
            case 4 -> {
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                return spliced(input, at, other, random.nextInt(other.length));
            }
            default -> {
                byte[] run = new byte[1 + random.nextInt(200)];
                Arrays.fill(run, EDGES[random.nextInt(EDGES.length)]);
                return spliced(spliced(input, at, run, 0), at + run.length, input, at);
            }
        }
        return input;
    }

    /** The one up to a place and the other from a place on. */
    private static byte[] spliced(byte[] head, int headEnd, byte[] tail, int tailStart) {
        int end = Math.min(headEnd, head.length);
        int tailLength = Math.max(0, Math.min(tail.length - tailStart, MAX_BYTES - end));
        byte[] spliced = Arrays.copyOf(head, end + tailLength);
        System.arraycopy(tail, tailStart, spliced, end, tailLength);
        return spliced;
    }

    /** Led by coverage, in a JVM of its own: Jazzer's agent and native driver stay out of this one. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(classes = {DatagramTarget.class, StreamTarget.class})
    void jazzerFindsNothing(Class<?> target) throws IOException, InterruptedException {
        JazzerRun.findsNothing(target, seeds(), folder, 8192, "dev.outdial.**");
    }
}
