package dev.outdial.dialer.call;

import dev.outdial.media.MediaEvent;
import dev.outdial.media.dtmf.Digits;
import dev.outdial.media.rtp.EncodedClip;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Says clips and keys to a far end on a stage, one after the other, each for as long as it takes. <b>Threading:</b> the stage's. */
final class StagedMouth implements Mouth {
    private static final int UNTIL_STOPPED = 0;

    private final Stage stage;
    private final FarEnd farEnd;
    private final Consumer<MediaEvent> listener;
    private final Map<EncodedClip, String> names = new IdentityHashMap<>();
    private final Deque<Item> waiting = new ArrayDeque<>();
    private long lastId;
    private Runnable takeBack = () -> {};
    private boolean busy;
    private long begunNanos;

    private sealed interface Item {
        long id();
    }

    private record Clip(long id, String name, long millis) implements Item {}

    private record Keys(long id, String digits, int next, int toneMillis, int pauseMillis) implements Item {}

    StagedMouth(Stage stage, FarEnd farEnd, Consumer<MediaEvent> listener) {
        this.stage = stage;
        this.farEnd = farEnd;
        this.listener = listener;
    }

    /** What to call a clip that comes. */
    void name(EncodedClip clip, String name) {
        names.put(clip, name);
    }

    @Override
    public long play(EncodedClip clip, int times, double volumeDb) {
        long millis = times == UNTIL_STOPPED ? Duration.ofDays(1).toMillis() : clip.millis() * times;
        return enqueue(new Clip(++lastId, name(clip), millis));
    }

    private String name(EncodedClip clip) {
        return names.getOrDefault(clip, "");
    }

    @Override
    public void playBeneath(EncodedClip clip, double volumeDb) {
        farEnd.hearsBeneath(name(clip));
    }

    @Override
    public boolean takes(EncodedClip clip) {
        return true; // nothing else is ever agreed on
    }

    @Override
    public long sendDigits(String digits, int toneMillis, int pauseMillis) {
        return enqueue(new Keys(++lastId, digits, 0, toneMillis, pauseMillis));
    }

    private long enqueue(Item item) {
        waiting.add(item);
        // Told through the stage: whoever plays learns the number first.
        stage.execute(this::next);
        return item.id();
    }

    @Override
    public void stopPlaying() {
        stop(clip -> true);
    }

    @Override
    public void stopPlaying(long id) {
        stop(clip -> clip.id() == id);
    }

    private void stop(Predicate<Clip> which) {
        boolean cut = busy && waiting.peek() instanceof Clip now && which.test(now);
        long played = (stage.nanos() - begunNanos) / 1_000_000;
        boolean first = true;
        for (Item item : waiting.toArray(Item[]::new)) {
            if (item instanceof Clip clip && which.test(clip)) {
                waiting.remove(item);
                over(clip, first && cut ? played : 0, false);
            }
            first = false;
        }
        if (cut) {
            takeBack.run();
            busy = false;
        }
        next();
    }

    /** No word after the good-bye. */
    void close() {
        takeBack.run();
        boolean cut = busy;
        busy = true; // for good
        long played = (stage.nanos() - begunNanos) / 1_000_000;
        while (!waiting.isEmpty()) {
            if (waiting.remove() instanceof Clip clip) over(clip, cut ? played : 0, false);
            cut = false;
        }
    }

    private void next() {
        if (busy || waiting.isEmpty()) return;
        busy = true;
        begunNanos = stage.nanos();
        switch (waiting.element()) {
            case Clip clip ->
                after(clip.millis(), () -> {
                    over(clip, clip.millis(), true);
                    done();
                });
            case Keys keys -> press(keys);
        }
    }

    private void press(Keys keys) {
        if (keys.next() == keys.digits().length()) {
            listener.accept(new MediaEvent.DigitsSent(keys.id(), keys.digits()));
            done();
            return;
        }
        char key = keys.digits().charAt(keys.next());
        var rest = new Keys(keys.id(), keys.digits(), keys.next() + 1, keys.toneMillis(), keys.pauseMillis());
        int silence = Digits.pauseMillis(key);
        if (silence > 0) {
            after(silence, () -> press(rest));
            return;
        }
        after(keys.toneMillis(), () -> {
            farEnd.hearsKey(key);
            after(keys.pauseMillis(), () -> press(rest));
        });
    }

    private void over(Clip clip, long millis, boolean whole) {
        farEnd.heard(clip.name(), millis, whole);
        listener.accept(new MediaEvent.Played(clip.id(), millis, whole));
    }

    private void done() {
        waiting.poll();
        busy = false;
        next();
    }

    private void after(long millis, Runnable task) {
        takeBack = stage.after(Duration.ofMillis(millis).toNanos(), task);
    }
}
