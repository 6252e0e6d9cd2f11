package dev.outdial.media.record;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.mix.Mixing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records what the far end says, and what we say where that is asked for: on one line of time, the one when it comes, the other
 * when it leaves, each moved by a packet at most where clocks differ. What is paused is left out: no part of it is in the file in
 * any form, and nobody who listens waits for its end. <b>Threading:</b> all but {@link #start} belongs to one owner and never
 * touches the disk; a worker opens, writes and closes the file.
 */
public final class Recorder {
    private static final int RING_SAMPLES = 1 << 15;
    private static final int WRITE_EVERY_MILLIS = 250;
    private static final int SAMPLES_PER_MILLI = 8;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Recorded NOTHING = new Recorded(RecordingEnd.FAILED, 0, 0);

    private final Path file;
    private final RecordingOptions options;
    private final Consumer<String> failed;
    private final ScheduledExecutorService workers;
    private final PcmRing ring;
    private final RecordingTimeline timeline;
    private final OwnLine own = new OwnLine();
    private final SilenceWatch silence;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
    private final CompletableFuture<Recorded> closed = new CompletableFuture<>();
    private long pausedSince;
    private boolean paused;
    /** What was given to the file, in samples of one channel. */
    private long recorded;

    private boolean overflowed;
    /** Empty while it goes on. */
    private volatile Optional<RecordingEnd> ending = Optional.empty();

    private Recorder(
            Path file,
            RecordingOptions options,
            ScheduledExecutorService workers,
            Consumer<String> failed,
            long nowNanos) {
        this.file = file;
        this.options = options;
        this.workers = workers;
        this.failed = failed;
        this.ring = new PcmRing(RING_SAMPLES * options.sides().channels());
        this.timeline =
                new RecordingTimeline(this::store, nowNanos, options.sides().withOurs());
        this.silence = new SilenceWatch(options.silenceMillis() * NANOS_PER_MILLI, nowNanos);
    }

    /** Starts recording the far end: {@link RecordingOptions#DEFAULT}. */
    public static Recorder start(Path file, ScheduledExecutorService workers, Consumer<String> failed, long nowNanos) {
        return start(file, RecordingOptions.DEFAULT, workers, failed, nowNanos);
    }

    /**
     * Starts recording. Its owner gives it what {@link #wantsOurs} says, asks {@link #due} once in a packet time, and says the beep.
     *
     * @param workers where the disk is used: it may keep a thread for as long as it likes
     * @param failed told, on any thread, when the recording ends early, and once when sound is missing in it, which becomes silence
     */
    public static Recorder start(
            Path file,
            RecordingOptions options,
            ScheduledExecutorService workers,
            Consumer<String> failed,
            long nowNanos) {
        var recorder = new Recorder(file, options, workers, failed, nowNanos);
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
        int count = timeline.put(codec, timestamp, packet, offset, length, late, nowNanos);
        silence.hear(timeline.sound(), count, nowNanos);
    }

    /** Whether what we say is of use. */
    public boolean wantsOurs() {
        return options.sides().withOurs();
    }

    /** Takes what we say, packet time by packet time. */
    public void putOurs(short[] samples, int count, long nowNanos) {
        own.put(samples, count, timeline.place(nowNanos));
        silence.hear(samples, count, nowNanos);
    }

    /** Lets time pass; to be called every packet time or so. */
    public void tick(long nowNanos) {
        timeline.advance(nowNanos);
    }

    /** Leaves out what is said from now on. */
    public void pause(long nowNanos) {
        if (paused) return;
        timeline.advanceTo(nowNanos);
        paused = true;
        pausedSince = nowNanos;
    }

    /** Goes on. */
    public void resume(long nowNanos) {
        if (!paused) return;
        timeline.advanceTo(nowNanos);
        paused = false;
        silence.restart(nowNanos);
    }

    /** Whether one of these keys ends it. */
    public boolean endsWith(char key) {
        return options.stopKeys().indexOf(key) >= 0;
    }

    /** Why it should be ended now, if it should. Allocates nothing. */
    public Optional<RecordingEnd> due(long nowNanos) {
        if (closed.isDone()) return Ends.FAILED;
        if (isFull(nowNanos)) return Ends.TIME;
        return !paused && silence.isOver(nowNanos) ? Ends.SILENCE : Optional.empty();
    }

    private static final class Ends {
        private static final Optional<RecordingEnd> FAILED = Optional.of(RecordingEnd.FAILED);
        private static final Optional<RecordingEnd> TIME = Optional.of(RecordingEnd.TIME);
        private static final Optional<RecordingEnd> SILENCE = Optional.of(RecordingEnd.SILENCE);
    }

    private boolean isFull(long nowNanos) {
        long last = paused ? pausedSince : nowNanos;
        // What the line has not given away yet is recorded for certain.
        return hasLimit() && recorded + Math.max(0, timeline.pending(last)) >= mostSamples();
    }

    private boolean hasLimit() {
        return options.longestMillis() > 0;
    }

    private long mostSamples() {
        return options.longestMillis() * SAMPLES_PER_MILLI;
    }

    /** {@link #finish(RecordingEnd, long)} because the session ends. */
    public CompletionStage<Recorded> finish(long nowNanos) {
        return finish(RecordingEnd.SESSION_ENDED, nowNanos);
    }

    /**
     * Ends the recording; the stage completes when the file is closed, or cannot be written, and never fails. With a disk that hangs
     * that may take for ever. A second call changes nothing.
     */
    public CompletionStage<Recorded> finish(RecordingEnd why, long nowNanos) {
        if (ending.isPresent()) return closed;
        timeline.finish(nowNanos);
        ring.end();
        ending = Optional.of(why);
        return closed;
    }

    /** Completes when the recording is closed, by {@link #finish} or because it cannot be written. */
    public CompletionStage<Recorded> closed() {
        return closed;
    }

    private void store(short theirs) {
        // In step with theirs, whether or not it is recorded.
        short ours = options.sides().withOurs() ? own.take() : 0;
        if (paused || hasLimit() && recorded >= mostSamples()) return;
        recorded++;
        switch (options.sides()) {
            case FAR_END -> put(theirs);
            case MIXED -> put(Mixing.saturated(theirs + ours));
            case STEREO -> {
                put(theirs);
                put(ours);
            }
        }
    }

    private void put(short sample) {
        // After a failure nobody takes what is put, and that was told.
        if (ring.put(sample) || overflowed || closed.isDone()) return;
        overflowed = true;
        failed.accept(file + ": the disk does not keep up; sound is missing, with silence in its place");
    }

    private void open() {
        try {
            write(new WavWriter(file, options.sides().channels(), options.format()));
        } catch (Throwable e) {
            fail(e, NOTHING);
        }
    }

    private void schedule(WavWriter writer) {
        int delay = ending.isPresent() ? 0 : WRITE_EVERY_MILLIS;
        var unused = workers.schedule(() -> write(writer), delay, TimeUnit.MILLISECONDS);
    }

    private void write(WavWriter writer) {
        try {
            // Read before the ring is: what was stored before the end is then in the ring.
            Optional<RecordingEnd> last = ending;
            drain(writer);
            if (last.isPresent()) {
                writer.close();
                closed.complete(new Recorded(last.get(), writer.millis(), writer.bytes()));
            } else {
                schedule(writer);
            }
        } catch (Throwable e) {
            closeQuietly(writer);
            fail(e, new Recorded(RecordingEnd.FAILED, writer.millis(), writer.bytes()));
        }
    }

    private void drain(WavWriter writer) throws IOException {
        while (ring.drainTo(buffer.clear()) > 0) writer.write(buffer.flip());
    }

    /** Whatever it was, an error too: who waits for the end is told. */
    private void fail(Throwable e, Recorded soFar) {
        try {
            @Nullable String why = e instanceof IOException ? e.getMessage() : e.toString();
            failed.accept(file + ": " + why);
        } finally {
            closed.complete(soFar);
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
