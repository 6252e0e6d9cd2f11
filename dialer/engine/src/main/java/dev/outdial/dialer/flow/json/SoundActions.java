package dev.outdial.dialer.flow.json;

import dev.outdial.dialer.flow.KeyPressed;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.SoundAction.Beep;
import dev.outdial.dialer.flow.SoundAction.Play;
import dev.outdial.dialer.flow.SoundAction.Talk;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what the far end hears. */
final class SoundActions {
    private static final String USUAL_LANGUAGE = "en-US";
    private static final int SOFTEST_DB = -60;
    private static final int LOUDEST_DB = 20;
    private static final int MOST_FILES = 100;
    private static final int MOST_TIMES = 100;

    private SoundActions() {}

    static Talk talk(Options options) {
        // Known to VoIPBin; who speaks is for this engine's settings to say.
        options.ignore("provider", "gender", "neural");
        return new Talk(
                options.requiredText("text"),
                language(options),
                options.written("voice_id"),
                onKey(options),
                options.flag("async", false),
                options.whole("repeat", 1, 1, MOST_TIMES),
                volume(options));
    }

    static Play play(Options options) {
        List<String> urls = options.texts("stream_urls", MOST_FILES);
        if (urls.isEmpty() && isMissing(options, "stream_urls")) {
            options.error("stream_urls", "an array of one or more addresses or paths of files is expected here");
        }
        return new Play(urls, options.flag("loop", false), volume(options), onKey(options));
    }

    private static boolean isMissing(Options options, String key) {
        return options.raw(key).map(value -> value.isArray() && value.isEmpty()).orElse(true);
    }

    static Beep beep(Options options) {
        return new Beep(options.whole("frequency", 1000, 50, 3900), options.millis("duration", 300, 10, 60_000));
    }

    /** What is heard while keys are waited for: a text, an object with the options of talk, or one with those of play. */
    static Optional<SoundAction> prompt(Options options, String key) {
        if (options.raw(key).map(value -> value.isTextual()).orElse(false)) {
            return options.written(key).map(text -> plain(text, USUAL_LANGUAGE));
        }
        return options.object(key, "a prompt").map(prompt -> {
            SoundAction sound = prompt.has("stream_urls") ? promptOfFiles(prompt) : promptOfWords(prompt);
            prompt.finish();
            return sound;
        });
    }

    private static SoundAction promptOfFiles(Options prompt) {
        return new Play(
                prompt.texts("stream_urls", MOST_FILES),
                prompt.flag("loop", false),
                volume(prompt),
                KeyPressed.IGNORED);
    }

    private static SoundAction promptOfWords(Options prompt) {
        prompt.ignore("provider", "gender", "neural");
        return new Talk(
                prompt.requiredText("text"),
                language(prompt),
                prompt.written("voice_id"),
                KeyPressed.IGNORED,
                false,
                prompt.whole("repeat", 1, 1, MOST_TIMES),
                volume(prompt));
    }

    /** Words under a key of their own, in the language and voice of the action that they belong to. */
    static Optional<SoundAction> words(Options options, String key) {
        return options.written(key)
                .map(text -> new Talk(
                        text, language(options), options.written("voice_id"), KeyPressed.IGNORED, false, 1, 0));
    }

    private static Talk plain(String text, String language) {
        return new Talk(text, language, Optional.empty(), KeyPressed.IGNORED, false, 1, 0);
    }

    private static String language(Options options) {
        String language = options.written("language").map(String::strip).orElse(USUAL_LANGUAGE);
        if (language.contains("${")) return language;
        if (isTag(language)) return language.replace('_', '-');
        options.error("language", Quoted.of(language) + " is no language tag: en-US, ar or pt-BR is expected");
        return USUAL_LANGUAGE;
    }

    private static boolean isTag(String language) {
        try {
            Locale spoken = new Locale.Builder()
                    .setLanguageTag(language.replace('_', '-'))
                    .build();
            // BCP 47 has room for languages of up to 8 letters, and none that has more than 3.
            return spoken.getLanguage().length() == 2 || spoken.getLanguage().length() == 3;
        } catch (IllformedLocaleException none) {
            return false;
        }
    }

    private static KeyPressed onKey(Options options) {
        return options.word("digits_handle", KeyPressed.IGNORED, Map.of("next", KeyPressed.GOES_ON));
    }

    private static double volume(Options options) {
        return options.decimal("volume", 0, SOFTEST_DB, LOUDEST_DB);
    }
}
