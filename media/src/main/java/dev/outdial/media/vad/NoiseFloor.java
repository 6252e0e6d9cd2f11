package dev.outdial.media.vad;

import java.util.Arrays;

/**
 * How loud it is where nobody speaks: the softest that was heard in the last two seconds, for speech has gaps. It begins as quiet as
 * lines are, so that who speaks at once is heard. <b>Threading:</b> one owner.
 */
final class NoiseFloor {
    private static final double AT_FIRST_DB = -60;
    /** Louder than this is no background, however long it goes on. */
    private static final double HIGHEST_DB = -36;

    private static final int PIECES = 8;
    private static final int FRAMES_IN_PIECE = 25;

    private final double[] softest = new double[PIECES];
    private double current = Double.POSITIVE_INFINITY;
    private int piece;
    private int frames;
    private double floor = AT_FIRST_DB;

    NoiseFloor() {
        Arrays.fill(softest, AT_FIRST_DB);
    }

    /** Takes the level of the next 10 ms. */
    void put(double levelDb) {
        current = Math.min(current, levelDb);
        if (++frames == FRAMES_IN_PIECE) {
            softest[piece] = current;
            piece = (piece + 1) % PIECES;
            current = Double.POSITIVE_INFINITY;
            frames = 0;
        }
        double least = current;
        for (double each : softest) least = Math.min(least, each);
        floor = Math.min(least, HIGHEST_DB);
    }

    /** What is heard now, and was for a while, is nobody's voice: it is as quiet as that. */
    void learn(double levelDb) {
        Arrays.fill(softest, Math.max(floor, Math.min(levelDb, HIGHEST_DB)));
    }

    double db() {
        return floor;
    }
}
