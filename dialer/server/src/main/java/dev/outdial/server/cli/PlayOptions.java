package dev.outdial.server.cli;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is played on a call and how long it is held; shared by {@code call} and {@code load}. */
final class PlayOptions {
    private static final Duration BESIDE_THE_HOLD = Duration.ofHours(1);
    private static final Duration LONGEST_FILE = Duration.ofMinutes(10);
    private static final Duration LONGEST_PLAY = Duration.ofDays(1);

    /** One thing to play. */
    static final class Item {
        @Option(
                names = "--play",
                paramLabel = "FILE|URL",
                description = "MP3, WAV or OGG to play, a file or at an http or https address; repeatable, in order")
        private @Nullable String sound;

        @Option(
                names = "--say",
                paramLabel = "TEXT",
                description = "words to say, plain or SSML (<speak>...); repeatable, in order with --play")
        private @Nullable String words;
    }

    @ArgGroup(multiplicity = "0..*")
    private List<Item> items = new ArrayList<>();

    @Mixin
    private FetchFlags fetch = new FetchFlags();

    @Mixin
    private SpeechFlags speech = new SpeechFlags();

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "play each this often, without a gap (default: ${DEFAULT-VALUE})")
    private int repeat = 1;

    @Option(
            names = "--volume",
            paramLabel = "DB",
            defaultValue = "0",
            description = "play louder or, with negative decibels, softer")
    private double volumeDb;

    @Option(
            names = "--level",
            description = "bring each file to the loudness of a prompt first: -19 LUFS, peaks below -1 dB")
    private boolean level;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "stay on the line this long after the rest")
    private Duration hold = Duration.ZERO;

    @Option(names = "--json", description = "one JSON object on standard output, everything else on standard error")
    private boolean json;

    /** A call that may last as long as it plays and is held, and an hour for the rest. */
    DialRequest allowing(DialRequest request) {
        return allowing(request, Duration.ZERO);
    }

    /** The same with some time more. */
    DialRequest allowing(DialRequest request, Duration more) {
        return request.lastingAtMost(
                BESIDE_THE_HOLD.plus(longestPlay()).plus(hold).plus(more));
    }

    /**
     * A bound on the time that all repeats take. How long the files are is not known yet, but none is longer than {@link AudioClip}
     * allows; a day is for a repeat count that was meant as "for ever", so that a forgotten call ends all the same.
     */
    private Duration longestPlay() {
        if (repeat < 1) {
            throw new UsageException("--repeat: " + repeat + " is less than one");
        }
        Duration all = LONGEST_FILE.multipliedBy((long) items.size() * repeat);
        return all.compareTo(LONGEST_PLAY) < 0 ? all : LONGEST_PLAY;
    }

    Duration hold() {
        return hold;
    }

    boolean json() {
        return json;
    }

    /** The dialer that fetches and speaks as it was asked to. */
    DialerConfig bringing(DialerConfig config) {
        DialerConfig fetching = fetch.fetching(config);
        return fetching.withSound(fetching.sound().withSpeech(speech.options()));
    }

    /** Brings, decodes and speaks all before anybody is called: what cannot be played is no reason to ring a phone. */
    List<AudioClip> load(Dialer dialer) throws InterruptedException {
        List<AudioClip> clips = new ArrayList<>();
        for (Item item : items) {
            AudioClip clip = clip(item);
            try {
                dialer.load(clip);
            } catch (DialerException unplayable) {
                throw new UsageException((item.words == null ? "--play: " : "--say: ") + unplayable.getMessage());
            }
            clips.add(clip);
        }
        return clips;
    }

    private AudioClip.Source source(Item item) {
        if (item.words != null) {
            return speech.words(item.words);
        }
        try {
            return SoundNames.source(Objects.requireNonNull(item.sound));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--play: " + wrong.getMessage());
        }
    }

    private AudioClip clip(Item item) {
        AudioClip.Source source = source(item);
        try {
            return new AudioClip(source, repeat, volumeDb, level);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--volume: " + wrong.getMessage());
        }
    }
}
