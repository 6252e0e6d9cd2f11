package dev.outdial.dialer.call;

import dev.outdial.dialer.record.Recording;
import dev.outdial.dialer.record.RecordingEnd;
import dev.outdial.dialer.record.RecordingOptions;
import dev.outdial.dialer.record.RecordingResult;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A recording that was asked for, from then to its end: it begins when the call is answered. <b>Threading:</b> any. */
public final class RecordingOrder implements Recording {
    private final Path file;
    private final RecordingOptions options;
    private final CompletableFuture<RecordingResult> ended = new CompletableFuture<>();
    private Optional<Running> running = Optional.empty();
    private boolean paused;
    private Optional<Runnable> stopping = Optional.empty();

    private record Running(MediaSession session, long id) {}

    public RecordingOrder(Path file, RecordingOptions options) {
        this.file = file;
        this.options = options;
    }

    @Override
    public Path file() {
        return file;
    }

    RecordingOptions options() {
        return options;
    }

    /** Has somebody stop it who records otherwise than in a media session. */
    synchronized void stoppedBy(Runnable stopper) {
        stopping = Optional.of(stopper);
    }

    /** Begins, unless it was stopped before; returns the number that media events carry. */
    synchronized Optional<Long> begin(MediaSession session) {
        if (ended.isDone()) return Optional.empty();
        long id = session.record(file, WireTerms.recording(options));
        if (paused) session.pauseRecording(id);
        running = Optional.of(new Running(session, id));
        return Optional.of(id);
    }

    /** It is over, and its file closed. */
    RecordingResult over(MediaEvent.RecordingEnded event) {
        var result = new RecordingResult(
                WireTerms.recordingEnd(event.reason()), Duration.ofMillis(event.millis()), event.bytes());
        ended.complete(result);
        return result;
    }

    /** It never began, or nobody will say any more how it ended. */
    public void abandon(RecordingEnd why) {
        ended.complete(new RecordingResult(why, Duration.ZERO, 0));
    }

    @Override
    public synchronized void pause() {
        paused = true;
        running.ifPresent(now -> now.session().pauseRecording(now.id()));
    }

    @Override
    public synchronized void resume() {
        paused = false;
        running.ifPresent(now -> now.session().resumeRecording(now.id()));
    }

    @Override
    public synchronized void stop() {
        if (stopping.isPresent()) stopping.get().run();
        else if (running.isEmpty()) abandon(RecordingEnd.STOPPED);
        else running.get().session().stopRecording(running.get().id());
    }

    @Override
    public RecordingResult awaitEnd() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
