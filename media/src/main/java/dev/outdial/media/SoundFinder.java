package dev.outdial.media;

import dev.outdial.media.fetch.Fetcher;
import dev.outdial.media.file.AudioFiles;
import dev.outdial.media.file.PcmSource;
import dev.outdial.media.level.HeardSound;
import dev.outdial.media.speech.Speaker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Brings sound to this machine, as a file. <b>Threading:</b> any; waits. */
final class SoundFinder {
    private final Optional<Fetcher> fetcher;
    private final Optional<Speaker> speaker;

    SoundFinder(Optional<Fetcher> fetcher, Optional<Speaker> speaker) {
        this.fetcher = fetcher;
        this.speaker = speaker;
    }

    /** Sound that can be opened. */
    sealed interface Found {
        /** What its user knows it by. */
        String name();

        /** Its samples as they are in the file. */
        PcmSource open() throws IOException;

        /** Its samples as a callee hears them before the codec, so many a second, all prompts equally loud where that is asked for. */
        default PcmSource heard(int sampleRate, boolean levelled) throws IOException {
            return levelled ? HeardSound.levelled(this::open, sampleRate) : HeardSound.of(open(), sampleRate);
        }
    }

    /** A file, and the name that its user knows it by. */
    record FoundFile(Path file, String name) implements Found {
        @Override
        public PcmSource open() throws IOException {
            return AudioFiles.open(file, name);
        }
    }

    /** What is made while it is read. */
    record Made(Sound.Steady tone) implements Found {
        @Override
        public String name() {
            return "tone";
        }

        @Override
        public PcmSource open() {
            return new ToneSource(tone);
        }
    }

    /** What is made while it is read, too. */
    record Rung(Sound.Ringing ringing) implements Found {
        @Override
        public String name() {
            return "ringing";
        }

        @Override
        public PcmSource open() {
            return new CadenceSource(ringing.tone());
        }
    }

    /**
     * Finds, fetches or makes it.
     *
     * @throws IOException with a sentence, where that cannot be done
     */
    Found find(Sound sound) throws IOException {
        return switch (sound) {
            case Sound.InFile local -> new FoundFile(local.file(), nameOf(local.file()));
            case Sound.AtUrl remote -> {
                Fetcher who = fetcher.orElseThrow(() -> new IOException("nothing is fetched here"));
                yield new FoundFile(who.fetch(remote.address()), withoutQuery(remote.address()));
            }
            case Sound.Steady tone -> new Made(tone);
            case Sound.Ringing ringing -> new Rung(ringing);
            case Sound.Spoken spoken -> {
                Speaker who = speaker.orElseThrow(() -> new IOException("nobody speaks here"));
                yield new FoundFile(who.speak(spoken.utterance()), "speech");
            }
        };
    }

    /** The root of a file system has no name but itself. */
    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return String.valueOf(name == null ? file : name);
    }

    /** Queries hold secrets, and so may fragments. */
    private static String withoutQuery(URI address) {
        return address.toString().split("[?#]", 2)[0];
    }
}
