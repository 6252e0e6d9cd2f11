package dev.outdial.media;

import dev.outdial.media.speech.Utterance;
import dev.outdial.media.tone.ProgressTone;
import java.net.URI;
import java.nio.file.Path;

/** Where sound to be played comes from. */
public sealed interface Sound {
    /** A local file, of any kind that {@link dev.outdial.media.file.AudioFiles} opens. */
    record InFile(Path file) implements Sound {}

    /** A file on somebody's server, fetched over HTTP or HTTPS. */
    record AtUrl(URI address) implements Sound {}

    /**
     * A steady tone, as loud as a beep.
     *
     * @param hertz above 0 and below 4000
     * @param millis how long, above 0
     */
    record Steady(int hertz, int millis) implements Sound {}

    /** One turn of a tone of the network, its silence included, as loud as networks have it: played again and again, a phone rings. */
    record Ringing(ProgressTone tone) implements Sound {}

    /** Words, spoken by a synthesizer. */
    record Spoken(Utterance utterance) implements Sound {}
}
