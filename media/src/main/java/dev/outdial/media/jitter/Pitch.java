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
        double own = 1;
        for (int i = 0; i < length; i++) own += (double) line.get(place + i) * line.get(place + i);
        double best = leastLikeness;
        int lag = 0;
        for (int candidate = SHORTEST; candidate <= longest; candidate++) {
            long from = place + (long) direction * candidate;
            double product = 0;
            double other = 1;
            for (int i = 0; i < length; i++) {
                double sample = line.get(from + i);
                product += sample * line.get(place + i);
                other += sample * sample;
            }
            double likeness = product / Math.sqrt(own * other);
            if (likeness > best) {
                best = likeness;
                lag = candidate;
            }
        }
        return lag;
    }
}
