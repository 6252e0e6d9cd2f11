package dev.outdial.dialer.flow.draw;

import java.util.ArrayList;
import java.util.List;

/** The level pieces of arrows between two rows, each at a height of its own where it would lie upon another. */
final class Tracks {
    private static final int APART = 8;

    /** A piece of an arrow. */
    static final class Piece {
        private final int from;
        private final int to;
        private final boolean comesFromAbove;
        private final boolean goesBelow;
        private int track;

        private Piece(int from, int to, boolean comesFromAbove, boolean goesBelow) {
            this.from = from;
            this.to = to;
            this.comesFromAbove = comesFromAbove;
            this.goesBelow = goesBelow;
        }

        /** Its height, from 0 at the top. */
        int track() {
            return track;
        }

        private boolean touches(Piece other) {
            return Math.min(from, to) - APART < Math.max(other.from, other.to)
                    && Math.min(other.from, other.to) - APART < Math.max(from, to);
        }

        /** Whether it has to lie above the other, since it comes down where the other goes down. */
        private boolean isBefore(Piece other) {
            return comesFromAbove && other.goesBelow && this != other && Math.abs(from - other.to) < APART;
        }
    }

    private final List<Piece> pieces = new ArrayList<>();

    /** A piece from one place to another; straight down where they are the same. */
    Piece add(int from, int to, boolean comesFromAbove, boolean goesBelow) {
        var piece = new Piece(from, to, comesFromAbove, goesBelow);
        if (from != to) {
            piece.track = free(piece, 0);
            pieces.add(piece);
        }
        return piece;
    }

    private int free(Piece piece, int least) {
        int track = least;
        while (isTaken(piece, track)) track++;
        return track;
    }

    private boolean isTaken(Piece piece, int track) {
        return pieces.stream().anyMatch(other -> other != piece && other.track == track && other.touches(piece));
    }

    /** Lowers those that would go down where another comes down. Two that want each to lie above the other stay. */
    void settle() {
        for (int round = 0; round < pieces.size(); round++) {
            boolean moved = false;
            for (Piece below : pieces) {
                for (Piece above : pieces) {
                    if (above.isBefore(below) && !below.isBefore(above) && below.track <= above.track) {
                        below.track = free(below, above.track + 1);
                        moved = true;
                    }
                }
            }
            if (!moved) return;
        }
    }

    int count() {
        return pieces.stream().mapToInt(piece -> piece.track + 1).max().orElse(0);
    }
}
