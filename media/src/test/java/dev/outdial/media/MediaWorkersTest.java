package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.testbed.prompts.Prompt;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that may take long holds up what must not. */
@Timeout(60)
class MediaWorkersTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private Path folder;

    private final MediaWorkers workers = new MediaWorkers(100, 200);
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        workers.close();
    }

    private String next() throws Exception {
        return told.poll(10, TimeUnit.SECONDS);
    }

    private void end(CompletionStage<?> closed) {
        workers.end(
                closed,
                () -> told.add("late"),
                () -> told.add("end on " + Thread.currentThread().getName()));
    }

    @Test
    void aRecordingThatIsNotClosedInTimeIsToldAndTheSessionEndsAllTheSame() throws Exception {
        end(new CompletableFuture<>());
        assertThat(next()).isEqualTo("late");
        assertThat(next()).isEqualTo("end on outdial-media-end");
    }

    @Test
    void whereNoRecordingIsOpenTheEndIsToldAtOnce() {
        end(CompletableFuture.completedFuture(null));

        assertThat(told).containsExactly("end on " + Thread.currentThread().getName());
    }

    @Test
    void whereTheRecordingIsClosedTheEndIsToldOnceAndOnItsOwnThread() throws Exception {
        var closed = new CompletableFuture<Void>();
        var closedLater = new CompletableFuture<Void>();
        end(closed);
        closed.complete(null);
        assertThat(next()).isEqualTo("end on outdial-media-end");
        end(closedLater);
        assertThat(next()).isEqualTo("late");
        assertThat(next()).isEqualTo("end on outdial-media-end");
        closedLater.complete(null);
        end(CompletableFuture.completedFuture(null));
        assertThat(next()).startsWith("end on");
        assertThat(told).isEmpty();
    }

    @Test
    void whenTheEngineIsClosedAnEndIsStillTold() throws Exception {
        workers.close();
        end(CompletableFuture.completedFuture(null));
        assertThat(next()).startsWith("end on");
        end(new CompletableFuture<>());
        assertThat(next()).startsWith("end on");
    }

    @Test
    void aDiskThatHangsHoldsUpNoDecodingAndNoEnd() throws Exception {
        try (MediaEngine engine = MediaEngine.open(MediaConfig.of(22_840, 22_859))) {
            var pipes = new ArrayList<Path>();
            var recording = new ArrayList<MediaSession>();
            // More than there ever were workers.
            for (int i = 0; i < 5; i++) {
                pipes.add(pipe("pipe" + i));
                recording.add(engine.openSession(LOOPBACK, event -> {}));
                recording.getLast().record(pipes.getLast());
            }
            MediaSession other = engine.openSession(LOOPBACK, event -> {});
            other.answered(other.offer());
            assertThat(get(engine.encode(Prompt.WELCOME_WAV.copyTo(folder), AudioCodec.PCMU, 20))
                            .millis())
                    .isPositive();
            assertThat(get(other.finish()).sent().unsent()).isZero();
            var ends = recording.stream().map(MediaSession::finish).toList();
            for (Path pipe : pipes) Files.newInputStream(pipe).close();
            for (CompletionStage<MediaStatistics> end : ends) get(end);
            assertThat(engine.portsInUse()).isZero();
        }
    }

    /** Opening one for writing waits until somebody reads. */
    private Path pipe(String name) throws Exception {
        Path pipe = folder.resolve(name);
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        return pipe;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void threadsThatHaveNothingToDoEnd() throws Exception {
        var threads = new LinkedBlockingQueue<Thread>();
        var done = new CountDownLatch(3);
        for (Executor pool : new Executor[] {workers.decoders(), workers.recordings(), workers.ends()})
            pool.execute(() -> {
                threads.add(Thread.currentThread());
                done.countDown();
            });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : threads)
            assertThat(thread.join(java.time.Duration.ofSeconds(20))).isTrue();
    }
}
