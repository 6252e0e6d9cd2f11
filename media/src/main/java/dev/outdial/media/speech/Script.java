package dev.outdial.media.speech;

import java.util.List;
import java.util.Locale;

/**
 * What is to be spoken, read from plain words or SSML and bounded.
 *
 * @param language which it is in
 * @param pieces in their order; at least one of them has words
 */
public record Script(Locale language, List<Piece> pieces) {
    /** A part of it. */
    public sealed interface Piece {}

    /**
     * Words in one manner.
     *
     * @param text without line breaks; never blank
     * @param spelled whether it is letters and signs, one by one, with spaces between
     * @param prosody how they are spoken, where the engine can
     */
    public record Words(String text, boolean spelled, Prosody prosody) implements Piece {}

    /** Silence. */
    public record Pause(int millis) implements Piece {}

    /**
     * How words are spoken, beside the voice's own way.
     *
     * @param rate how fast, 0.25 to 4; 1 is the voice's own
     * @param pitch how high, 0.5 to 2
     * @param volumeDb how loud, -90 to 20; 0 is the voice's own
     */
    public record Prosody(double rate, double pitch, double volumeDb) {
        /** The voice's own way. */
        public static final Prosody PLAIN = new Prosody(1, 1, 0);

        public Prosody {
            rate = Math.clamp(rate, 0.25, 4);
            pitch = Math.clamp(pitch, 0.5, 2);
            volumeDb = Math.clamp(volumeDb, -90, 20);
        }

        /** This, within that. */
        Prosody within(Prosody outer) {
            return new Prosody(rate * outer.rate, pitch * outer.pitch, volumeDb + outer.volumeDb);
        }
    }

    public Script {
        pieces = List.copyOf(pieces);
    }

    /** All words, with spaces between. */
    public String text() {
        var text = new StringBuilder();
        for (Piece piece : pieces)
            if (piece instanceof Words words)
                text.append(text.isEmpty() ? "" : " ").append(words.text);
        return text.toString();
    }
}
