package dev.outdial.media.speech;

import java.io.IOException;
import java.nio.file.Path;

/** Makes words into a sound file. <b>Threading:</b> any; waits. */
public interface Speaker {
    /**
     * Speaks a text, or takes what was spoken before.
     *
     * @return a local WAV file, whole; not to be changed or removed by who reads it
     * @throws IOException with a sentence that says why nobody can speak that
     */
    Path speak(Utterance utterance) throws IOException;
}
