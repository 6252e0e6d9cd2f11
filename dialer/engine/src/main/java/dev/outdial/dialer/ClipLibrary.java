package dev.outdial.dialer;

import dev.outdial.dialer.call.Stage;
import dev.outdial.media.MediaEngine;
import dev.outdial.media.Sound;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.fetch.FetchException;
import dev.outdial.media.file.AudioFormatException;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Capabilities;
import dev.outdial.media.speech.SpeechException;
import dev.outdial.media.speech.Utterance;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Turns clips into what the wire takes, and what can go wrong with a file into a sentence for its owner. */
final class ClipLibrary {
    private static final int USUAL_PTIME_MILLIS = 20;

    private final MediaEngine media;
    private final Optional<Stage> stage;

    /** @param stage whose time stands still while a clip is brought */
    ClipLibrary(MediaEngine media, Optional<Stage> stage) {
        this.media = media;
        this.stage = stage;
    }

    /** Decodes a clip for every codec that calls usually agree on, so that playing it later starts at once. */
    void load(AudioClip clip) throws InterruptedException {
        for (AudioCodec codec : Capabilities.DEFAULT.codecs()) {
            encoded(clip, codec, USUAL_PTIME_MILLIS);
        }
    }

    EncodedClip encoded(AudioClip clip, AudioCodec codec, int ptimeMillis) throws InterruptedException {
        Runnable done = stage.map(Stage::hold).orElse(() -> {});
        try {
            return media.encode(sound(clip.source()), codec, ptimeMillis, clip.atPromptLevel())
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException failed) {
            Throwable trouble = Objects.requireNonNullElse(failed.getCause(), failed);
            throw unplayable(clip, trouble);
        } finally {
            done.run();
        }
    }

    static Sound sound(AudioClip.Source source) {
        return switch (source) {
            case AudioClip.FromFile file -> new Sound.InFile(file.path());
            case AudioClip.FromUrl url -> new Sound.AtUrl(url.address());
            case AudioClip.Tone tone ->
                new Sound.Steady(tone.frequencyHz(), (int) tone.duration().toMillis());
            case AudioClip.RingBack ringing ->
                new Sound.Ringing(AudioClip.RingBack.tone(ringing.country()).orElseThrow());
            case AudioClip.Words words ->
                new Sound.Spoken(new Utterance(words.text(), words.language(), words.voice()));
        };
    }

    /** What a person calls a sound. */
    static String name(AudioClip.Source source) {
        return source instanceof AudioClip.Words words ? words.text() : source.toString();
    }

    /** What is wrong with a clip, as a sentence for its owner. */
    static DialerException unplayable(AudioClip clip, Throwable trouble) {
        return new DialerException(sentence(clip, trouble), trouble);
    }

    private static String sentence(AudioClip clip, Throwable trouble) {
        return switch (trouble) {
            case NoSuchFileException missing -> "there is no file " + clip.source();
            case FetchException refused -> String.valueOf(refused.getMessage());
            case SpeechException unspoken -> "cannot speak " + clip.source() + ": " + unspoken.getMessage();
            case AudioFormatException unplayable -> "cannot play " + unplayable.getMessage();
            case IOException unreadable -> "cannot read " + clip.source() + ": " + unreadable.getMessage();
            // Names of classes and indices tell a clip's owner nothing; whoever looks for the fault has the cause.
            default -> "cannot play " + clip.source() + ": a fault of our own, not of the sound";
        };
    }
}
