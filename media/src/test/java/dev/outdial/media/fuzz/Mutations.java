package dev.outdial.media.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs that are almost right: seeds with a few changes. The same seed number makes the same inputs. */
final class Mutations {
    private static final int MAX_BYTES = 4096;
    private static final byte[] EDGES = {0, 1, 4, 0x7F, (byte) 0x80, (byte) 0x81, (byte) 0xC8, (byte) 0xFF};

    private final List<byte[]> seeds;
    private final Random random;

    Mutations(List<byte[]> seeds, long seed) {
        this.seeds = seeds;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] input = any();
        for (int i = random.nextInt(8); i >= 0; i--) input = change(input);
        return input;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] change(byte[] input) {
        if (input.length == 0) return any();
        int at = random.nextInt(input.length);
        switch (random.nextInt(6)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> input[at] = EDGES[random.nextInt(EDGES.length)];
            case 2 -> input[at] = (byte) random.nextInt(256);
            case 3 -> {
                return Arrays.copyOf(input, at);
            }
            case 4 -> {
                return splice(input, at, input, random.nextInt(input.length));
            }
            default -> {
                byte[] other = any();
                return splice(input, at, other, random.nextInt(other.length));
            }
        }
        return input;
    }

    /** The one up to a place and the other from a place on: a part is left out, comes twice, or is another's. */
    private static byte[] splice(byte[] head, int headEnd, byte[] tail, int tailStart) {
        int tailLength = Math.min(tail.length - tailStart, MAX_BYTES - headEnd);
        byte[] spliced = Arrays.copyOf(head, headEnd + tailLength);
        System.arraycopy(tail, tailStart, spliced, headEnd, tailLength);
        return spliced;
    }
}
