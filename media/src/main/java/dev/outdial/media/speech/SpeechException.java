package dev.outdial.media.speech;

import java.io.IOException;

/** What cannot be spoken. The message is a sentence for whoever brought the text or set the engine up; it holds no secrets. */
public final class SpeechException extends IOException {
    private static final long serialVersionUID = 1L;

    public SpeechException(String sentence) {
        super(sentence);
    }

    public SpeechException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
