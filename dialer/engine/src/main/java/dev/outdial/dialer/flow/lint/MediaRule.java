package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.FlowAction;
import dev.outdial.dialer.flow.KeyAction.Gather;
import dev.outdial.dialer.flow.SoundAction.Play;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Files that are to be played and are not there. */
final class MediaRule {
    private final PlacedFlow flow;
    private final Predicate<String> exists;
    private final Told told;

    MediaRule(PlacedFlow flow, Predicate<String> exists, Told told) {
        this.flow = flow;
        this.exists = exists;
        this.told = told;
    }

    void check() {
        for (int i = 0; i < flow.size(); i++) {
            FlowAction action = flow.step(i).action();
            if (action instanceof Play play) check(flow.option(i, "stream_urls"), play.urls());
            if (action instanceof Gather gather && gather.prompt().orElse(null) instanceof Play play) {
                check(flow.option(i, "prompt.stream_urls"), play.urls());
            }
        }
    }

    private void check(String path, List<String> urls) {
        for (int i = 0; i < urls.size(); i++) {
            String url = urls.get(i);
            if (isFile(url) && !exists.test(url)) {
                told.warning(
                        path + "[" + i + "]",
                        "there is no file " + Told.quoted(url) + " below the media folder; it will be left out");
            }
        }
    }

    /** What variables make of a name is known when it is played. */
    private static boolean isFile(String url) {
        return !url.contains("${") && !url.toLowerCase(Locale.ROOT).matches("https?://.*");
    }
}
