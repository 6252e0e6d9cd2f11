package dev.outdial.server.facade;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Bodies of requests that are almost right. @param seeds those that are */
public record Mutations(List<byte[]> seeds) {
    private static final byte[] EDGES = "{}[],:\"'\\u0019eE+-.$#\u0000 ".getBytes(StandardCharsets.UTF_8);

    public static Mutations of(List<String> seeds) {
        return new Mutations(seeds.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /** Feeds a reader with so many; it throws for none. */
    public void feed(int count, long seed, Predicate<byte[]> reader) {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            byte[] input = changed(random);
            try {
                boolean unused = reader.test(input);
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError("fails for " + HexFormat.of().formatHex(input), broken);
            }
        }
    }

    private byte[] changed(Random random) {
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int i = random.nextInt(4); i >= 0 && input.length > 0; i--) {
            int at = random.nextInt(input.length);
            switch (random.nextInt(5)) {
                case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
                case 1, 2 -> input[at] = EDGES[random.nextInt(EDGES.length)];
                case 3 -> input = without(input, at, Math.min(input.length, at + 1 + random.nextInt(4)));
                default -> input = Arrays.copyOf(input, at);
            }
        }
        return input;
    }

    private static byte[] without(byte[] input, int from, int to) {
        byte[] shorter = Arrays.copyOf(input, input.length - (to - from));
        System.arraycopy(input, to, shorter, from, input.length - to);
        return shorter;
    }
}
