package dev.outdial.media;

import dev.outdial.media.record.Recorded;
import dev.outdial.media.record.Recorder;
import dev.outdial.media.record.RecordingEnd;
import dev.outdial.media.record.RecordingOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * The recordings of one session, one after another: each begins when it is asked for, hears what it wants, and ends for one reason.
 * <b>Threading:</b> belongs to the media loop.
 */
final class SessionRecordings {
    private final IncomingStream incoming;
    private final OutgoingStream outgoing;
    private final ScheduledExecutorService workers;
    private final Consumer<Runnable> loop;
    private final Consumer<MediaEvent> events;
    private Optional<Running> running = Optional.empty();
    /** All that were begun are closed, and that was told. */
    private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);

    private record Running(long id, Recorder recorder, SoundListener ourEar) {}

    /**
     * None yet.
     *
     * @param loop runs what it is given where all of this is run
     */
    SessionRecordings(
            IncomingStream incoming,
            OutgoingStream outgoing,
            ScheduledExecutorService workers,
            Consumer<Runnable> loop,
            Consumer<MediaEvent> events) {
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.workers = workers;
        this.loop = loop;
        this.events = events;
    }

    void start(long id, Path file, RecordingOptions options, long nowNanos) {
        end(RecordingEnd.REPLACED, nowNanos);
        Recorder recorder = Recorder.start(
                file,
                options,
                workers,
                why -> loop.accept(() -> events.accept(new MediaEvent.RecordingFailed(why))),
                nowNanos);
        var next = new Running(id, recorder, recorder::putOurs);
        running = Optional.of(next);
        incoming.record(recorder);
        if (recorder.wantsOurs()) outgoing.listen(next.ourEar());
        if (options.beep()) outgoing.live(new Beep(incoming::isHeard, nowNanos));
        var closed = new CompletableFuture<Void>();
        var unused = recorder.closed()
                .thenAccept(recorded -> loop.accept(() -> {
                    events.accept(
                            new MediaEvent.RecordingEnded(id, recorded.reason(), recorded.millis(), recorded.bytes()));
                    closed.complete(null);
                }));
        told = CompletableFuture.allOf(told, closed);
    }

    void pause(long id, long nowNanos) {
        running(id).ifPresent(one -> one.recorder().pause(nowNanos));
    }

    void resume(long id, long nowNanos) {
        running(id).ifPresent(one -> one.recorder().resume(nowNanos));
    }

    void stop(long id, long nowNanos) {
        if (running(id).isPresent()) end(RecordingEnd.STOPPED, nowNanos);
    }

    private Optional<Running> running(long id) {
        return running.filter(one -> one.id() == id);
    }

    /** The far end pressed a key. */
    void pressed(char key, long nowNanos) {
        if (running.isPresent() && running.get().recorder().endsWith(key)) end(RecordingEnd.KEY, nowNanos);
    }

    /** Once in a packet time. */
    void tick(long nowNanos) {
        if (running.isEmpty()) return;
        Optional<RecordingEnd> due = running.get().recorder().due(nowNanos);
        if (due.isPresent()) end(due.get(), nowNanos);
    }

    /** The session ends; the stage completes when all is closed and told. */
    CompletionStage<Void> finish(long nowNanos) {
        end(RecordingEnd.SESSION_ENDED, nowNanos);
        return told;
    }

    /** Completes when all that was begun until now is closed and told. */
    CompletionStage<Void> told() {
        return told;
    }

    private void end(RecordingEnd why, long nowNanos) {
        if (running.isEmpty()) return;
        Running last = running.get();
        running = Optional.empty();
        incoming.stopRecording();
        outgoing.stopListening(last.ourEar());
        CompletionStage<Recorded> unused = last.recorder().finish(why, nowNanos);
    }
}
