package dev.outdial.server.calls.live;

import dev.outdial.dialer.AudioClip;
import dev.outdial.server.calls.SoundWish;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is to be heard, by what askers call it: addresses, files of the media folder, and words. <b>Threading:</b> any. */
final class Clips {
    /** What the name of an upload begins with where an address could stand as well. */
    private static final String UPLOAD = "media:";

    private static final int MOST_TIMES = 100;

    private final Optional<Path> folder;

    /** @param folder of the files that may be played; none may where empty */
    Clips(Optional<Path> folder) {
        this.folder = folder;
    }

    List<AudioClip> of(SoundWish wish) {
        if (!wish.urls().isEmpty()) return of(wish.urls(), wish.times() == 0, wish.volumeDb());
        return List.of(saying(wish.text(), wish.language(), wish.voice(), wish.times())
                .repeated(wish.times())
                .louderBy(wish.volumeDb()));
    }

    List<AudioClip> of(List<String> urls, boolean loop, double volumeDb) {
        List<AudioClip> clips = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            AudioClip clip = of(urls.get(i), "urls[" + i + "]");
            clips.add(volumeDb == 0 ? clip : clip.louderBy(volumeDb));
        }
        if (loop) clips.set(clips.size() - 1, clips.getLast().repeated(0));
        return clips;
    }

    /** @param field which names it to whoever asked, where it is none */
    AudioClip of(String url, String field) {
        String lower = url.toLowerCase(Locale.ROOT);
        try {
            return lower.startsWith("http:") || lower.startsWith("https:")
                    ? AudioClip.of(new URI(url))
                    : AudioClip.of(file(url, field));
        } catch (URISyntaxException | IllegalArgumentException broken) {
            throw Troubles.invalid(field, "an http or https address, or the name of an upload is expected");
        }
    }

    /** The file of an upload within its account's folder, or any other name as it stands. */
    static String fileName(String url) {
        return url.startsWith(UPLOAD) ? url.substring(UPLOAD.length()) : url;
    }

    private Path file(String url, String field) {
        try {
            if (folder.isPresent()) {
                Path root = folder.get().toRealPath();
                Path real = root.resolve(fileName(url)).toRealPath();
                if (real.startsWith(root) && !real.equals(root)) return real;
            }
        } catch (IOException | InvalidPathException none) {
            throw Troubles.invalid(field, "there is no file of that name");
        }
        throw Troubles.invalid(field, "there is no file of that name");
    }

    static AudioClip saying(String text, String language, String voice, int times) {
        if (text.isBlank()) throw Troubles.invalid("text", "words are expected");
        if (times < 0 || times > MOST_TIMES) {
            throw Troubles.invalid("loop", times + " times: up to " + MOST_TIMES + " are expected");
        }
        Locale locale = language.isBlank() ? Locale.US : Locale.forLanguageTag(language);
        AudioClip clip = voice.isBlank() ? AudioClip.saying(text, locale) : AudioClip.saying(text, locale, voice);
        return clip.repeated(Math.max(1, times));
    }
}
