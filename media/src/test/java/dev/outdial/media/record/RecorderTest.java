package dev.outdial.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.G711;
import dev.outdial.testbed.sound.WavFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final long MILLIS = 1_000_000;

    @TempDir
    private Path folder;

    private final Disk disk = new Disk();
    private final List<String> told = new ArrayList<>();
    private long nowMillis;

    /** What the disk is asked for. */
    private static final class Waiting extends FutureTask<Boolean> implements ScheduledFuture<Boolean> {
        Waiting(Runnable task) {
            super(task, true);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }

    /** Does what is asked of it when the test says so. */
    private static final class Disk extends ScheduledThreadPoolExecutor {
        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private boolean refusing;

        Disk() {
            super(0);
        }

        @Override
        public void execute(Runnable task) {
            var unused = schedule(task, 0, TimeUnit.SECONDS);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (refusing) throw new RejectedExecutionException("planted");
            var waits = new Waiting(task);
            waiting.add(waits);
            return waits;
        }

        /** Everything that waits now; what that asks for waits for the next turn. */
        void turn() throws Exception {
            for (int i = waiting.size(); i > 0; i--) {
                Waiting task = waiting.remove();
                task.run();
                task.get();
            }
        }
    }

    private Recorder start(Path file) {
        return Recorder.start(file, disk, told::add, nowMillis * MILLIS);
    }

    /** Packets of this code, one in 20 ms. */
    private void hear(Recorder recorder, int code, int millis) {
        var packet = ByteBuffer.allocate(160);
        Arrays.fill(packet.array(), (byte) code);
        for (int i = 0; i < millis; i += 20, nowMillis += 20) {
            recorder.put(AudioCodec.PCMU, (int) nowMillis * 8, packet, 0, 160, false, nowMillis * MILLIS);
            recorder.tick(nowMillis * MILLIS);
        }
    }

    private CompletableFuture<Recorded> finish(Recorder recorder) {
        return recorder.finish(nowMillis * MILLIS).toCompletableFuture();
    }

    private static void assertSound(short[] recorded, int fromMillis, int toMillis, short expected) {
        for (int i = fromMillis * 8; i < toMillis * 8; i++)
            assertThat(recorded[i]).as("sample %d", i).isEqualTo(expected);
    }

    @Test
    void whatIsHeardIsRecordedWhole() throws Exception {
        Path file = folder.resolve("whole.wav");
        Recorder recorder = start(file);
        for (int second = 0; second < 20; second++) {
            hear(recorder, 3, 1000);
            disk.turn();
        }
        CompletableFuture<Recorded> closed = finish(recorder);
        assertThat(closed).isNotDone();
        disk.turn();
        assertThat(closed).isDone();
        short[] recorded = WavFile.read(file);
        assertThat(recorded).hasSize(20_000 * 8);
        assertSound(recorded, 0, 20_000, G711.fromMuLaw((byte) 3));
        assertThat(told).isEmpty();
    }

    @Test
    void whatADiskThatStoodStillLeftOutIsSilenceAndTheRestIsInItsPlace() throws Exception {
        Path file = folder.resolve("holes.wav");
        Recorder recorder = start(file);
        disk.turn();
        hear(recorder, 3, 60_000);
        disk.turn();
        hear(recorder, 4, 10_000);
        disk.turn();
        hear(recorder, 5, 2000);
        CompletableFuture<Recorded> closed = finish(recorder);
        disk.turn();
        assertThat(closed).isDone();
        short[] recorded = WavFile.read(file);
        assertThat(recorded).hasSize(72_000 * 8);
        // The ring takes 4,096 ms; the timeline gives away 240 ms behind time.
        assertSound(recorded, 0, 4096, G711.fromMuLaw((byte) 3));
        assertSound(recorded, 4096, 59_740, (short) 0);
        assertSound(recorded, 60_000, 63_000, G711.fromMuLaw((byte) 4));
        assertSound(recorded, 64_000, 69_740, (short) 0);
        assertSound(recorded, 70_000, 72_000, G711.fromMuLaw((byte) 5));
        assertThat(told).hasSize(1).first().asString().contains("holes.wav", "sound is missing");
    }

    @Test
    void aDiskThatStoodStillToTheEndLeavesARecordingOfTheFullLength() throws Exception {
        Path file = folder.resolve("end.wav");
        Recorder recorder = start(file);
        hear(recorder, 3, 30_000);
        CompletableFuture<Recorded> closed = finish(recorder);
        disk.turn();
        assertThat(closed).isDone();
        short[] recorded = WavFile.read(file);
        assertThat(recorded).hasSize(30_000 * 8);
        assertSound(recorded, 0, 4096, G711.fromMuLaw((byte) 3));
        assertSound(recorded, 4096, 30_000, (short) 0);
    }

    @Test
    void aFaultOtherThanTheDisksEndsTheRecordingAndIsTold() throws Exception {
        // A file system that cannot be written to, and says so in its own way.
        Path file = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/recording.wav");
        Recorder recorder = start(file);
        disk.turn();
        hear(recorder, 3, 10_000);
        assertThat(finish(recorder)).isDone();
        assertThat(told).hasSize(1).first().asString().contains("recording.wav: java.");
    }

    @Test
    void aWorkerThatTakesNoMoreTasksEndsTheRecordingAndIsTold() throws Exception {
        Path file = folder.resolve("refused.wav");
        Recorder recorder = start(file);
        disk.turn();
        hear(recorder, 3, 1000);
        disk.refusing = true;
        disk.turn();
        assertThat(finish(recorder)).isDone();
        assertThat(told).hasSize(1).first().asString().contains("refused.wav", "planted");
        assertThat(WavFile.read(file)).hasSizeGreaterThan(700 * 8);
    }
}
