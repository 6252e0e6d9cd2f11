package dev.outdial.dialer.sound;

import java.util.Objects;

/**
 * How sound that is not a local file is come by.
 *
 * @param fetch what may be fetched from the web
 * @param speech who speaks
 */
public record SoundOptions(FetchOptions fetch, SpeechOptions speech) {
    /** From public addresses, and with the embedded synthesizer. */
    public static final SoundOptions DEFAULT = new SoundOptions(FetchOptions.DEFAULT, SpeechOptions.DEFAULT);

    public SoundOptions {
        Objects.requireNonNull(fetch, "fetch");
        Objects.requireNonNull(speech, "speech");
    }

    /** The same, fetching otherwise. */
    public SoundOptions withFetch(FetchOptions other) {
        return new SoundOptions(other, speech);
    }

    /** The same, speaking otherwise. */
    public SoundOptions withSpeech(SpeechOptions other) {
        return new SoundOptions(fetch, other);
    }
}
