package dev.outdial.server.facade.bandwidth;

import dev.outdial.server.calls.SoundWish;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is to be heard, by a request. Pure. */
final class AudioRequests {
    private static final int MAX_SENTENCE_LENGTH = 1000;
    private static final int MAX_TAG_LENGTH = 256;
    private static final int LOUDEST = 4;
    private static final Duration READY_WITHIN = Duration.ofSeconds(10);
    /** How loud the steps are beside the sound itself, from -4 to 4: those of the switch behind the original. */
    private static final double[] FACTORS = {0.2, 0.4, 0.6, 0.8, 1, 1.3, 2.3, 3.3, 4.3};

    private AudioRequests() {}

    /** Empty where what is heard is to end. @param base of the asker's things: their own uploads need not be fetched */
    static Optional<SoundWish> read(Wishes wishes, String base) {
        if (!wishes.has("fileUrl") && !wishes.has("sentence")) {
            throw Refusal.invalid("The audio resource needs fileUrl or sentence");
        }
        String file = wishes.text("fileUrl").orElse("").strip();
        String sentence = wishes.text("sentence", MAX_SENTENCE_LENGTH);
        if (!file.isEmpty() && !sentence.isBlank()) {
            throw Refusal.invalid("The audio resource needs either fileUrl or sentence, not both");
        }
        boolean loop = wishes.flag("loopEnabled", false);
        int volume = wishes.integer("volume", -LOUDEST, LOUDEST, 0);
        String tag = wishes.text("tag", MAX_TAG_LENGTH);
        Voices.check(wishes);
        String language = Voices.language(wishes);
        if (file.isEmpty() && sentence.isBlank()) return Optional.empty();
        SoundWish wish = file.isEmpty()
                ? SoundWish.saying(sentence, language, "", loop ? 0 : 1)
                : SoundWish.playing(List.of(url(file, base)), loop);
        return Optional.of(wish.louderBy(decibels(volume)).tagged(tag).readyWithin(READY_WITHIN));
    }

    /** An address, or the name of an upload of the asker's own. */
    static String url(String file, String base) {
        String uploads = base + "/media/";
        if (file.startsWith(uploads) && file.length() > uploads.length()) {
            return "media:" + URLDecoder.decode(file.substring(uploads.length()), StandardCharsets.UTF_8);
        }
        if (!Wishes.isWebAddress(file)) {
            throw Refusal.forbidden("media-invalid-url", "The media URL " + file + " is invalid.");
        }
        return file;
    }

    /** Zero for zero. */
    static double decibels(int volume) {
        return volume == 0 ? 0 : 20 * Math.log10(FACTORS[volume + LOUDEST]);
    }
}
