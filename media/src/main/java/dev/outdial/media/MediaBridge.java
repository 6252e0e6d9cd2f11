package dev.outdial.media;

import dev.outdial.media.dtmf.Digits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Two sessions whose far ends hear each other, beneath what is played to either. What the one says is heard by the other in the
 * packet time in which it is due: it waits for nothing but its own jitter. A session that ends, is put on hold or gets another codec
 * leaves the other as it is. <b>Threading:</b> every method may be called on any thread, none waits.
 */
public final class MediaBridge implements AutoCloseable {
    private static final int KEY_PAUSE_MILLIS = 80;

    private final Way there;
    private final Way back;
    private final Runnable afterwards;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** @param afterwards done once, when it is closed */
    MediaBridge(MediaSession first, MediaSession second, boolean passingKeys, Runnable afterwards) {
        there = new Way(first, second, passingKeys);
        back = new Way(second, first, passingKeys);
        this.afterwards = afterwards;
    }

    void open() {
        there.open();
        back.open();
        var unused = there.to.reached().runAfterBoth(back.to.reached(), () -> opened.complete(null));
    }

    /**
     * Completes when both are carried together and hear each other; never does once the engine is closed. Completed on the media loop:
     * what is chained to it returns at once.
     */
    public CompletionStage<Void> opened() {
        return opened.minimalCompletionStage();
    }

    /** Takes the sessions apart: each far end hears what is played to it, or silence. May be called again. */
    @Override
    public void close() {
        there.close();
        back.close();
        if (!closed.getAndSet(true)) afterwards.run();
    }

    /** What one says and the other hears. */
    private static final class Way {
        private final MediaSession from;
        private final MediaSession to;
        private final boolean passingKeys;
        private final LentSound sound;
        private final Consumer<MediaEvent> watcher = this::watch;

        Way(MediaSession from, MediaSession to, boolean passingKeys) {
            this.from = from;
            this.to = to;
            this.passingKeys = passingKeys;
            this.sound = from.lentSound();
        }

        void open() {
            from.lend(sound);
            to.sendLive(sound);
            if (passingKeys) from.watch(watcher);
        }

        void close() {
            to.stopLive(sound);
            from.takeBack(sound);
            from.stopWatching(watcher);
        }

        /** Keys in the sound are heard as they are. */
        private void watch(MediaEvent event) {
            if (event instanceof MediaEvent.Digit key && key.source() == MediaEvent.DigitSource.TELEPHONE_EVENT) {
                int millis = Math.clamp(key.durationMillis(), Digits.MIN_MILLIS, Digits.MAX_MILLIS);
                // A person pressed it: it does not wait for the end of a clip, which may have none.
                to.sendDigitsBeforeClips(String.valueOf(key.digit()), millis, KEY_PAUSE_MILLIS);
            }
        }
    }
}
