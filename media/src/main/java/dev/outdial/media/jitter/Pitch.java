package dev.outdial.media.jitter;

/** Finds the period of a voice, 66 to 200 Hz. Pure. */
final class Pitch {
    static final int SHORTEST = 40;
    static final int LONGEST = 120;

    private Pitch() {}

    /**
     * The distance at which the sound is most like itself.
     *
     * @param place the beginning of the piece that is compared
     * @param length its length
     * @param direction 1 to compare it with what comes after, -1 with what came before
     * @param longest no distance is longer, at most {@link #LONGEST}
     * @param leastLikeness 0 to 1, by normalized correlation
     * @return 0 where it is less like itself than that at every distance
     */
    static int find(SoundLine line, long place, int length, int direction, int longest, double leastLikeness) {
        // Every other sample at every other distance tells where to look closely, at a quarter of the cost.
        int near = best(line, place, length, direction, SHORTEST, longest, 2);
        int lag = best(line, place, length, direction, Math.max(SHORTEST, near - 1), Math.min(longest, near + 1), 1);
        return likeness(line, place, place + (long) direction * lag, length, 1) > leastLikeness ? lag : 0;
    }

    private static int best(SoundLine line, long place, int length, int direction, int from, int to, int stride) {
        double best = Double.NEGATIVE_INFINITY;
        int lag = from;
        for (int candidate = from; candidate <= to; candidate += stride) {
            double likeness = likeness(line, place, place + (long) direction * candidate, length, stride);
            if (likeness > best) {
                best = likeness;
                lag = candidate;
            }
        }
        return lag;
    }

    private static double likeness(SoundLine line, long one, long other, int length, int stride) {
        long product = 0;
        long oneEnergy = 1;
        long otherEnergy = 1;
        for (int i = 0; i < length; i += stride) {
            long a = line.get(one + i);
            long b = line.get(other + i);
            product += a * b;
            oneEnergy += a * a;
            otherEnergy += b * b;
        }
        return product / Math.sqrt((double) oneEnergy * otherEnergy);
    }
}
