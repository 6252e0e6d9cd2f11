package dev.outdial.media.record;

import dev.outdial.media.codec.AudioCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Records what the far end says. <b>Threading:</b> {@link #restart}, {@link #put}, {@link #tick} and {@link #finish} belong to one
 * owner and never touch the disk; a worker opens, writes and closes the file.
 */
public final class Recorder {
    private static final int RING_SAMPLES = 1 << 15;
    private static final int WRITE_EVERY_MILLIS = 250;

    private final Path file;
    private final Consumer<String> failed;
    private final ScheduledExecutorService workers;
    private final PcmRing ring = new PcmRing(RING_SAMPLES);
    private final RecordingTimeline timeline;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private boolean overflowed;
    private volatile boolean finishing;

    private Recorder(Path file, ScheduledExecutorService workers, Consumer<String> failed, long nowNanos) {
        this.file = file;
        this.workers = workers;
        this.failed = failed;
        this.timeline = new RecordingTimeline(this::store, nowNanos);
    }

    /**
     * Starts recording.
     *
     * @param workers where the disk is used: it may keep a thread for as long as it likes
     * @param failed told, on any thread, when the recording ends early, and once when sound is missing in it, which becomes silence
     */
    public static Recorder start(Path file, ScheduledExecutorService workers, Consumer<String> failed, long nowNanos) {
        var recorder = new Recorder(file, workers, failed, nowNanos);
        workers.execute(recorder::open);
        return recorder;
    }

    /** The far end's source changed: its timestamps begin anew. */
    public void restart() {
        timeline.restart();
    }

    /** Takes the payload of a packet; {@code late} where it came after a later one. */
    public void put(
            AudioCodec codec, int timestamp, ByteBuffer packet, int offset, int length, boolean late, long nowNanos) {
        timeline.put(codec, timestamp, packet, offset, length, late, nowNanos);
    }

    /** Lets time pass; to be called every packet time or so. */
    public void tick(long nowNanos) {
        timeline.advance(nowNanos);
    }

    /**
     * Ends the recording; the stage completes when the file is closed, or cannot be written, and never fails. With a disk that hangs
     * that may take for ever.
     */
    public CompletionStage<Void> finish(long nowNanos) {
        timeline.finish(nowNanos);
        ring.end();
        finishing = true;
        return closed;
    }

    private void store(short sample) {
        // After a failure nobody takes what is put, and that was told.
        if (ring.put(sample) || overflowed || closed.isDone()) return;
        overflowed = true;
        failed.accept(file + ": the disk does not keep up; sound is missing, with silence in its place");
    }

    private void open() {
        try {
            write(new WavWriter(file));
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void schedule(WavWriter writer) {
        var unused = workers.schedule(() -> write(writer), finishing ? 0 : WRITE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void write(WavWriter writer) {
        try {
            // Read before the ring is: what was stored before the end is then in the ring.
            boolean last = finishing;
            drain(writer);
            if (last) {
                writer.close();
                closed.complete(null);
            } else {
                schedule(writer);
            }
        } catch (Throwable e) {
            closeQuietly(writer);
            fail(e);
        }
    }

    private void drain(WavWriter writer) throws IOException {
        while (ring.drainTo(buffer.clear()) > 0) writer.write(buffer.flip());
    }

    /** Whatever it was, an error too: who waits for the end is told. */
    private void fail(Throwable e) {
        try {
            failed.accept(file + ": " + (e instanceof IOException ? e.getMessage() : e));
        } finally {
            closed.complete(null);
        }
    }

    private static void closeQuietly(WavWriter writer) {
        try {
            writer.close();
        } catch (IOException | RuntimeException e) {
            // The failure that is reported is the one before.
        }
    }
}
