package dev.outdial.dialer.flow.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.FlowException;
import dev.outdial.dialer.fuzz.JazzerRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader and the linter of flows are fed with inputs that are almost right, and with what Jazzer comes upon. */
class FlowFuzzTest {
    private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** What JSON is made of: bits of it that are exchanged. */
    private static final List<String> BITS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "null",
            "true",
            "-1",
            "1e999",
            "99999999999999999999",
            "\"\"",
            "\\",
            "${",
            "\u0000",
            "\uD800",
            "{\"type\":\"goto\"}",
            "\"next_id\":\"a\",",
            "\"id\":\"a\"",
            "\"option\":{}");

    @TempDir
    private Path folder = Path.of("");

    /** Changes to what is garbage from the start would try nothing. */
    @Test
    void mostSeedsAreFlows() {
        assertThat(FlowTarget.seeds().stream()
                        .map(seed -> FlowReader.examine(new String(seed, StandardCharsets.UTF_8)))
                        .filter(examined -> examined.flow().isPresent()))
                .hasSize(FlowTarget.seeds().size() - 1);
    }

    @Test
    void seedsAndSomeMutationsAreTaken() {
        FlowTarget.seeds().forEach(FlowFuzzTest::feed);
        feedMutations(5000, 1);
    }

    /** Each is as long as a flow may be, and as dear as its maker could think of. */
    @Tag("slow")
    @Test
    void theLongestInputsAreTakenInTime() {
        Stream.of(
                        "[" + "{\"type\":\"tlak\",\"optoin\":{}},".repeat(900) + "{}]",
                        "{" + keys(12_000) + "}",
                        "[{\"type\":\"talk\",\"option\":{" + keys(12_000) + "}}]",
                        "[{\"type\":\"branch\",\"option\":{\"target_ids\":{" + keys(12_000) + "}}}]",
                        "[{\"type\":\"talk\",\"option\":{\"text\":\"" + "${".repeat(120_000) + "\"}}]",
                        "[{\"type\":\"" + "t".repeat(250_000) + "\"}]",
                        "[{\"type\":\"talk\",\"option\":{\"text\":\"" + "${a}".repeat(60_000) + "\"}}]",
                        "[".repeat(130_000) + "]".repeat(130_000))
                .map(json -> json.getBytes(StandardCharsets.UTF_8))
                .forEach(input -> {
                    assertThat(input.length).isLessThanOrEqualTo(FlowText.MOST_BYTES);
                    FlowTarget.fuzzerTestOneInput(input);
                    assertThat(shortestNanosOfReading(input)).isLessThan(MAX_NANOS);
                });
    }

    private static String keys(int count) {
        var keys = new StringBuilder();
        for (int i = 0; i < count; i++)
            keys.append(i == 0 ? "" : ",").append("\"lenght").append(i).append("\":\"x\"");
        return keys.toString();
    }

    @Test
    @Tag("slow")
    void manyMutationsAreTakenInTime() {
        feedMutations(150_000, 2);
    }

    private static void feedMutations(int count, long seed) {
        var random = new Random(seed);
        List<byte[]> seeds = FlowTarget.seeds();
        for (int i = 0; i < count; i++) {
            byte[] input = seeds.get(random.nextInt(seeds.size()));
            for (int changes = random.nextInt(6); changes >= 0; changes--) input = changed(input, seeds, random);
            long start = System.nanoTime();
            feed(input);
            // Held up once may be the machine; held up again is the input.
            if (System.nanoTime() - start > MAX_NANOS)
                assertThat(shortestNanos(input)).isLessThan(MAX_NANOS);
        }
    }

    private static byte[] changed(byte[] input, List<byte[]> seeds, Random random) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + random.nextInt(20));
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length);
        return switch (random.nextInt(4)) {
            case 0 -> joined(input, at, BITS.get(random.nextInt(BITS.size())).getBytes(StandardCharsets.UTF_8), to);
            case 1 -> joined(input, at, new byte[] {(byte) random.nextInt(256)}, to);
            case 2 -> joined(input, at, new byte[0], to);
            default -> joined(input, at, Arrays.copyOfRange(other, from, Math.min(other.length, from + 200)), at);
        };
    }

    /** The input with something else from one place to another. */
    private static byte[] joined(byte[] input, int at, byte[] between, int to) {
        byte[] joined = Arrays.copyOf(input, at + between.length + input.length - to);
        System.arraycopy(between, 0, joined, at, between.length);
        System.arraycopy(input, to, joined, at + between.length, input.length - to);
        return joined;
    }

    private static void feed(byte[] input) {
        try {
            FlowTarget.fuzzerTestOneInput(input);
        } catch (Throwable e) {
            throw new AssertionError("fails for " + new String(input, StandardCharsets.UTF_8), e);
        }
    }

    private static long shortestNanos(byte[] input) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            feed(input);
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest;
    }

    private static long shortestNanosOfReading(byte[] input) {
        String json = new String(input, StandardCharsets.UTF_8);
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long start = System.nanoTime();
            try {
                FlowReader.read(json);
            } catch (FlowException refused) {
                assertThat(refused.findings()).isNotEmpty();
            }
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest;
    }

    /** Led by coverage, in a JVM of its own: Jazzer's agent and native driver stay out of this one. */
    @Test
    @Tag("slow")
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(FlowTarget.class, FlowTarget.seeds(), folder, 8192, "dev.outdial.dialer.flow.**");
    }
}
