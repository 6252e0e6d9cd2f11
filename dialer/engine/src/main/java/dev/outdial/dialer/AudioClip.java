package dev.outdial.dialer;

import dev.outdial.media.tone.ProgressTone;
import dev.outdial.media.tone.ProgressTones;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Something to play. Brought and decoded when it is loaded or first played, once for all calls.
 *
 * @param source where the sound comes from
 * @param times how often, without a gap between; 0 for until {@link Call#stopPlaying} or the end of the call
 * @param volumeDb how much louder than it is, -60 to 20 dB; what becomes too loud is clipped
 * @param atPromptLevel whether it is first brought to the loudness that all prompts should have: -19 LUFS by ITU-R BS.1770, with peaks held
 *     below -1 dB
 */
public record AudioClip(Source source, int times, double volumeDb, boolean atPromptLevel) {
    private static final double SOFTEST_DB = -60;
    private static final double LOUDEST_DB = 20;

    /** Where sound comes from; {@code toString} names it for people. */
    public sealed interface Source {}

    /** A local file, opened by its content and not by its name; at most 50 MB and 10 minutes. */
    public record FromFile(Path path) implements Source {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A file at an HTTP or HTTPS address, fetched where {@link DialerConfig} allows it. Its text leaves out what may be a secret. */
    public record FromUrl(URI address) implements Source {
        @Override
        public String toString() {
            String host = address.getHost() == null ? "" : address.getHost();
            String port = address.getPort() < 0 ? "" : ":" + address.getPort();
            String path = address.getRawPath() == null ? "" : address.getRawPath();
            return address.getScheme() + "://" + host + port + path;
        }
    }

    /**
     * Words that are spoken.
     *
     * @param text plain, or SSML where it begins with {@code <speak}
     * @param language which the words are in
     * @param voice who speaks them, as its engine calls it; empty for the engine's own choice for the language
     */
    public record Words(String text, Locale language, Optional<String> voice) implements Source {
        private static final int SHOWN = 60;

        @Override
        public String toString() {
            int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
            return "the words \"" + text.substring(0, end).replaceAll("\\s+", " ") + (end < text.length() ? "..." : "")
                    + "\"";
        }
    }

    /**
     * A steady tone of -10 dBm0 that swells and fades within 2.5 ms.
     *
     * @param frequencyHz 50 to 3900
     * @param duration 20 ms to a minute
     */
    public record Tone(int frequencyHz, Duration duration) implements Source {
        private static final int LOWEST_HZ = 50;
        private static final int HIGHEST_HZ = 3900;
        private static final Duration SHORTEST = Duration.ofMillis(20);
        private static final Duration LONGEST = Duration.ofMinutes(1);

        public Tone {
            if (frequencyHz < LOWEST_HZ || frequencyHz > HIGHEST_HZ) {
                throw new IllegalArgumentException(
                        "tone of " + frequencyHz + " Hz: " + LOWEST_HZ + " to " + HIGHEST_HZ + " is expected");
            }
            if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "tone of " + duration.toMillis() + " ms: 20 ms to a minute is expected");
            }
        }

        @Override
        public String toString() {
            return "a tone of " + frequencyHz + " Hz";
        }
    }

    /**
     * One turn of a country's ringing tone, the silence after it included: played again and again, a phone rings.
     *
     * @param country as {@link DialRequest#listeningForTones} has it, but for {@code NONE}
     */
    public record RingBack(String country) implements Source {
        public RingBack {
            if (tone(country).isEmpty()) {
                throw new IllegalArgumentException("no ringing tone is known of " + country);
            }
        }

        /** What it sounds like. */
        static Optional<ProgressTone> tone(String country) {
            return ProgressTones.of(country).tones().stream()
                    .filter(tone -> tone.meaning() == ProgressTone.Meaning.RINGBACK)
                    .findFirst();
        }

        @Override
        public String toString() {
            return "a phone that rings";
        }
    }

    public AudioClip {
        if (times < 0) {
            throw new IllegalArgumentException("to be played " + times + " times");
        }
        if (!(volumeDb >= SOFTEST_DB && volumeDb <= LOUDEST_DB)) {
            throw new IllegalArgumentException(
                    "volume " + volumeDb + " dB: " + SOFTEST_DB + " to " + LOUDEST_DB + " is expected");
        }
    }

    /** Sound that is not levelled. */
    public AudioClip(Source source, int times, double volumeDb) {
        this(source, times, volumeDb, false);
    }

    /** The sound in a file, once and as loud as it is. */
    public static AudioClip of(Path file) {
        return new AudioClip(new FromFile(file), 1, 0);
    }

    /** The sound at an address, once and as loud as it is. */
    public static AudioClip of(URI address) {
        return new AudioClip(new FromUrl(address), 1, 0);
    }

    /** Words in US English. */
    public static AudioClip saying(String text) {
        return saying(text, Locale.US);
    }

    /** Words in a language, spoken by whoever speaks it. */
    public static AudioClip saying(String text, Locale language) {
        return new AudioClip(new Words(text, language, Optional.empty()), 1, 0);
    }

    /** Words in a language, spoken by the one of that name. */
    public static AudioClip saying(String text, Locale language, String voice) {
        return new AudioClip(new Words(text, language, Optional.of(voice)), 1, 0);
    }

    /** A tone of that frequency, 50 to 3900 Hz, for 20 ms to a minute. */
    public static AudioClip tone(int frequencyHz, Duration duration) {
        return new AudioClip(new Tone(frequencyHz, duration), 1, 0);
    }

    /**
     * One turn of a country's ringing tone, the silence after it included.
     *
     * @param country as {@link DialRequest#listeningForTones} has it, but for {@code NONE}
     */
    public static AudioClip ringBack(String country) {
        return new AudioClip(new RingBack(country), 1, 0);
    }

    /** The same sound several times, or 0 for until it is stopped. */
    public AudioClip repeated(int several) {
        return new AudioClip(source, several, volumeDb, atPromptLevel);
    }

    /** The same sound louder, or softer where the decibels are negative. */
    public AudioClip louderBy(double decibels) {
        return new AudioClip(source, times, decibels, atPromptLevel);
    }

    /** The same sound as loud as all prompts should be; {@link #louderBy} is on top of that. */
    public AudioClip levelled() {
        return new AudioClip(source, times, volumeDb, true);
    }
}
