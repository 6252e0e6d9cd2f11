package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What the far end hears, one sound after the other. */
final class Speaker {
    private static final Duration SHORTEST_FILE = Duration.ofMillis(20);

    private record Sounding(long operation, SoundAction sound) {}

    private final Timeline timeline;
    private final Person person;
    private final Function<String, Optional<Duration>> files;
    private final BiConsumer<Long, Result> done;
    private final Deque<Sounding> queue = new ArrayDeque<>();
    // What was arranged for a sound that was stopped takes place no more.
    private long stopped;

    /** @param files how long a file lasts; empty where it cannot be had */
    Speaker(
            Timeline timeline,
            Person person,
            Function<String, Optional<Duration>> files,
            BiConsumer<Long, Result> done) {
        this.timeline = timeline;
        this.person = person;
        this.files = files;
        this.done = done;
    }

    void add(long operation, SoundAction sound) {
        queue.add(new Sounding(operation, sound));
        if (queue.size() == 1) begin();
    }

    void stop() {
        if (queue.isEmpty()) return;
        stopped++;
        timeline.note(new TranscriptEvent.SoundStopped());
        var all = List.copyOf(queue);
        queue.clear();
        person.heard(words(all.getFirst().sound()));
        for (Sounding each : all) done.accept(each.operation(), new Result.Finished());
    }

    private void begin() {
        Sounding current = queue.getFirst();
        switch (current.sound()) {
            case SoundAction.Talk talk -> {
                timeline.note(new TranscriptEvent.Said(talk.text(), talk.language()));
                long millis = 1000L * spoken(talk.text()) / FlowSimulator.CHARACTERS_A_SECOND;
                sounds(Optional.of(Duration.ofMillis(millis * talk.times())));
            }
            case SoundAction.Beep beep -> {
                timeline.note(new TranscriptEvent.Beeped(beep.frequencyHz()));
                sounds(Optional.of(beep.duration()));
            }
            case SoundAction.Play play -> play(play);
        }
    }

    /** Without what SSML wraps around the words. */
    private static int spoken(String text) {
        String words = text.startsWith("<speak") ? text.replaceAll("<[^>]*>", "") : text;
        return words.strip().length();
    }

    private void play(SoundAction.Play play) {
        var lengths = new ArrayList<Duration>();
        var urls = new ArrayList<String>();
        for (String url : play.urls()) {
            files.apply(url).ifPresent(length -> {
                urls.add(url);
                lengths.add(length.compareTo(SHORTEST_FILE) < 0 ? SHORTEST_FILE : length);
            });
        }
        if (urls.isEmpty()) {
            over(new Result.Failed("none of its files can be had"));
            return;
        }
        Duration at = Duration.ZERO;
        for (int i = 0; i < urls.size(); i++) {
            var event = new TranscriptEvent.Played(urls.get(i));
            if (i == 0) timeline.note(event);
            else unlessStopped(at, () -> timeline.note(event));
            at = at.plus(lengths.get(i));
        }
        sounds(play.loop() ? Optional.empty() : Optional.of(at));
    }

    private void sounds(Optional<Duration> length) {
        person.hears(words(queue.getFirst().sound()), length);
        length.ifPresent(time -> unlessStopped(time, () -> {
            person.heard(words(queue.getFirst().sound()));
            over(new Result.Finished());
        }));
    }

    private void over(Result result) {
        long operation = queue.removeFirst().operation();
        // What comes next is heard before anybody decides about the end of this.
        if (!queue.isEmpty()) begin();
        done.accept(operation, result);
    }

    private void unlessStopped(Duration time, Runnable what) {
        long was = stopped;
        timeline.in(time, () -> {
            if (stopped == was) what.run();
        });
    }

    private static String words(SoundAction sound) {
        return switch (sound) {
            case SoundAction.Talk talk -> talk.text();
            case SoundAction.Play play -> String.join(" ", play.urls());
            case SoundAction.Beep beep -> "";
        };
    }
}
