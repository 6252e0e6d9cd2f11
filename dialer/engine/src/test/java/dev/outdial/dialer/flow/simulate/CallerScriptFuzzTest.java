package dev.outdial.dialer.flow.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.fuzz.JazzerRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader of scripts is fed with inputs that are almost right, and with what Jazzer comes upon. */
class CallerScriptFuzzTest {
    /** What scripts are made of: bits of them that are exchanged. */
    private static final List<String> BITS = List.of(
            "\n",
            " ",
            "#",
            "\"",
            "after ",
            "0s",
            "999999999m",
            "0.001ms",
            "caller ",
            "callee ",
            "=",
            "\u2028",
            "\uD800");

    @TempDir
    private Path folder = Path.of("");

    /** Changes to what is garbage from the start would try nothing. */
    @Test
    void theSeedsAreScripts() {
        for (byte[] seed : CallerScriptTarget.seeds()) {
            assertThat(CallerScript.readAll(new String(seed, StandardCharsets.UTF_8)))
                    .isNotEmpty();
        }
    }

    @Test
    void someMutationsAreTaken() {
        feedMutations(20_000, 1);
    }

    @Test
    @Tag("slow")
    void manyMutationsAreTaken() {
        feedMutations(400_000, 2);
    }

    private static void feedMutations(int count, long seed) {
        var random = new Random(seed);
        List<String> seeds = CallerScriptTarget.seeds().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
        for (int i = 0; i < count; i++) {
            String input = seeds.get(random.nextInt(seeds.size()));
            for (int changes = random.nextInt(6); changes >= 0; changes--) input = changed(input, seeds, random);
            try {
                CallerScriptTarget.fuzzerTestOneInput(input.getBytes(StandardCharsets.UTF_8));
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + " fails for " + input, e);
            }
        }
    }

    private static String changed(String input, List<String> seeds, Random random) {
        int at = random.nextInt(input.length() + 1);
        int to = Math.min(input.length(), at + random.nextInt(10));
        String other = seeds.get(random.nextInt(seeds.size()));
        String between = switch (random.nextInt(4)) {
            case 0 -> BITS.get(random.nextInt(BITS.size()));
            case 1 -> String.valueOf((char) random.nextInt(128));
            case 2 -> "";
            default -> other.substring(random.nextInt(other.length()));
        };
        return input.substring(0, at) + between + input.substring(to);
    }

    /** Led by coverage, in a JVM of its own: Jazzer's agent and native driver stay out of this one. */
    @Test
    @Tag("slow")
    void jazzerFindsNothing() throws IOException, InterruptedException {
        JazzerRun.findsNothing(
                CallerScriptTarget.class, CallerScriptTarget.seeds(), folder, 4096, "dev.outdial.dialer.flow.**");
    }
}
