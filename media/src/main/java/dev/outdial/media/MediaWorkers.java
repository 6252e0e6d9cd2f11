package dev.outdial.media;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads beside the media loops, apart by what may hold them up: files that are decoded, disks that are recorded to, and
 * nothing at all for the ends of sessions. Threads are started when they are needed and end when they are idle. <b>Threading:</b>
 * any.
 */
final class MediaWorkers {
    static final int RECORDING_CLOSE_SECONDS = 5;
    private static final int IDLE_SECONDS = 5;
    /** Files are decoded once each: more would only take the processors from the loops. */
    private static final int MAX_DECODERS = 4;

    private final long waitMillis;
    private final ThreadPoolExecutor decoders;
    private final ScheduledThreadPoolExecutor recordings;
    private final ScheduledThreadPoolExecutor ends;

    MediaWorkers() {
        this(TimeUnit.SECONDS.toMillis(RECORDING_CLOSE_SECONDS), TimeUnit.SECONDS.toMillis(IDLE_SECONDS));
    }

    /** Waits so long for a recording to be closed; threads end when they had nothing to do for so long. */
    MediaWorkers(long waitMillis, long idleMillis) {
        this.waitMillis = waitMillis;
        recordings = scheduled("outdial-media-recorder", idleMillis);
        ends = scheduled("outdial-media-end", idleMillis);
        int count = Math.min(Runtime.getRuntime().availableProcessors(), MAX_DECODERS);
        decoders = new ThreadPoolExecutor(
                count,
                count,
                idleMillis,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                factory("outdial-media-decoder-"));
        decoders.allowCoreThreadTimeOut(true);
    }

    private static ScheduledThreadPoolExecutor scheduled(String name, long idleMillis) {
        var pool = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        pool.setKeepAliveTime(idleMillis, TimeUnit.MILLISECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    private static ThreadFactory factory(String prefix) {
        return Thread.ofPlatform().name(prefix, 1).daemon().factory();
    }

    /** Where files are read and decoded. */
    Executor decoders() {
        return decoders;
    }

    /** One thread for all recordings: where the disk hangs, all of them wait, and nothing else. */
    ScheduledExecutorService recordings() {
        return recordings;
    }

    /**
     * Has a session's end told when its recording is closed, or in five seconds: a disk that hangs keeps no call from ending.
     *
     * @param end run once: at once where no recording is open, which is so for nearly all, else on a thread that waits for no disk
     * @param late run before it where the recording is not closed by then
     */
    void end(CompletionStage<?> recordingClosed, Runnable late, Runnable end) {
        CompletableFuture<?> closed = recordingClosed.toCompletableFuture();
        if (closed.isDone()) {
            end.run();
            return;
        }
        var due = new CompletableFuture<Void>();
        var unused = due.thenRunAsync(end, ends());
        var unusedToo = closed.whenComplete((done, problem) -> due.complete(null));
        try {
            ScheduledFuture<?> timer = ends.schedule(
                    () -> {
                        if (closed.isDone()) return;
                        late.run();
                        due.complete(null);
                    },
                    waitMillis,
                    TimeUnit.MILLISECONDS);
            var unusedAsWell = closed.whenComplete((done, problem) -> timer.cancel(false));
        } catch (RejectedExecutionException e) {
            // The engine is closed, which has waited for long enough.
            due.complete(null);
        }
    }

    /** Where the ends of sessions are told: one thread, which waits for nothing. */
    Executor ends() {
        return end -> {
            try {
                ends.execute(end);
            } catch (Throwable e) {
                // The engine is closed, or there is no memory for a thread: told here rather than never.
                end.run();
            }
        };
    }

    /** Takes no more work; what was taken is done. */
    void close() {
        decoders.shutdown();
        recordings.shutdown();
        ends.shutdown();
    }
}
