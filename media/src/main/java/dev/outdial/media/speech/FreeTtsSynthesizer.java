package dev.outdial.media.speech;

import dev.outdial.media.file.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The embedded engine, FreeTTS: US English, the voice kevin16, hundreds of times faster than it is heard. <b>Threading:</b> any; it
 * speaks one text after the other, on a thread of its own that ends when it is idle.
 */
public final class FreeTtsSynthesizer implements SpeechSynthesizer {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int IDLE_SECONDS = 5;

    private final Duration limit;
    private final Supplier<EmbeddedVoice> voices;
    private final LongSupplier nanoClock;
    private Mouth mouth = new Mouth();
    private volatile boolean closed;

    /** Makes sound of words. One owner. */
    interface EmbeddedVoice {
        /** Speaks until it is told to stop; then what was written is not the whole. */
        void speak(Script script, Path target, BooleanSupplier stop) throws IOException;
    }

    /** A worker, and the voice that belongs to it. */
    private final class Mouth {
        final ThreadPoolExecutor worker = worker();
        private @Nullable EmbeddedVoice voice;
        private volatile @Nullable Order now;

        EmbeddedVoice voice() {
            if (voice == null) voice = voices.get();
            return voice;
        }

        /** A voice that is well stops soon after its time is over. */
        boolean isStuck() {
            Order order = now;
            return order != null && nanoClock.getAsLong() - order.startNanos > 2 * limit.toNanos();
        }
    }

    /** A text that is to be spoken, in the queue or on its way. */
    private final class Order implements Runnable {
        private final Mouth mouth;
        private final Script script;
        private final Path target;
        final CompletableFuture<Path> spoken = new CompletableFuture<>();
        final AtomicBoolean stop = new AtomicBoolean();
        volatile long startNanos;
        volatile boolean isBegun;

        Order(Mouth mouth, Script script, Path target) {
            this.mouth = mouth;
            this.script = script;
            this.target = target;
        }

        @Override
        public void run() {
            // Nobody waits for it any more, and its file may be gone.
            if (stop.get()) return;
            startNanos = nanoClock.getAsLong();
            isBegun = true;
            mouth.now = this;
            try {
                speak(this);
                spoken.complete(target);
            } catch (Throwable failed) {
                spoken.completeExceptionally(failed);
            } finally {
                mouth.now = null;
            }
        }
    }

    public FreeTtsSynthesizer() {
        this(LIMIT);
    }

    FreeTtsSynthesizer(Duration limit) {
        this(limit, FreeTtsVoice::new);
    }

    FreeTtsSynthesizer(Duration limit, Supplier<EmbeddedVoice> voices) {
        this(limit, voices, System::nanoTime);
    }

    /** The clock says how long a text has been spoken; how long its caller waits is real time. */
    FreeTtsSynthesizer(Duration limit, Supplier<EmbeddedVoice> voices, LongSupplier nanoClock) {
        this.limit = limit;
        this.voices = voices;
        this.nanoClock = nanoClock;
    }

    private static ThreadPoolExecutor worker() {
        var pool = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("outdial-freetts").daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public String name() {
        return "freetts";
    }

    @Override
    public List<String> languages() {
        return List.of(Locale.US.toLanguageTag());
    }

    @Override
    public List<String> voices(Locale language) {
        return speaks(language) ? List.of(FreeTtsVoice.NAME) : List.of();
    }

    @Override
    public Optional<SpeechVoice> voice(Locale language, Optional<String> name) {
        return speaks(language) && name.map(FreeTtsVoice.NAME::equalsIgnoreCase).orElse(true)
                ? Optional.of(new SpeechVoice(FreeTtsVoice.NAME, Locale.US))
                : Optional.empty();
    }

    /** English of any country, in the accent that there is. */
    private static boolean speaks(Locale language) {
        return language.getLanguage().equals("en");
    }

    @Override
    public void synthesize(Script script, SpeechVoice voice, Path target) throws SpeechException, InterruptedException {
        Order order = begin(script, target);
        try {
            // Those before it take their time too: theirs is bounded as well.
            order.spoken.get(4 * limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SpeechException sentence)
                throw new SpeechException(String.valueOf(sentence.getMessage()), sentence);
            throw new SpeechException("freetts cannot say that: " + FileTrouble.why(failed.getCause()), failed);
        } catch (TimeoutException late) {
            if (order.mouth.isStuck()) replace(order.mouth);
            throw order.isBegun ? tooLong() : tooBusy();
        } finally {
            order.stop.set(true);
        }
    }

    private synchronized Order begin(Script script, Path target) throws SpeechException {
        var order = new Order(mouth, script, target);
        try {
            mouth.worker.execute(order);
            return order;
        } catch (RejectedExecutionException afterClose) {
            throw new SpeechException("freetts is closed", afterClose);
        }
    }

    private void speak(Order order) throws IOException {
        var late = new AtomicBoolean();
        order.mouth.voice().speak(order.script, order.target, () -> {
            if (nanoClock.getAsLong() - order.startNanos > limit.toNanos()) late.set(true);
            return late.get() || order.stop.get() || closed;
        });
        if (late.get()) throw tooLong();
        if (closed) throw new SpeechException("freetts is closed");
    }

    private SpeechException tooLong() {
        return new SpeechException("freetts took longer than " + limit.toSeconds() + " s");
    }

    private SpeechException tooBusy() {
        return new SpeechException(
                "freetts has so much to say that it did not come to this within " + 4 * limit.toSeconds() + " s");
    }

    /** Who hangs keeps its thread and its voice, and nobody else; whoever queued behind it is told at once. */
    private synchronized void replace(Mouth stuck) {
        if (mouth != stuck || closed) return;
        mouth = new Mouth();
        for (Runnable waiting : stuck.worker.shutdownNow())
            if (waiting instanceof Order order)
                order.spoken.completeExceptionally(new SpeechException(
                        "freetts hung at another text and was started" + " anew: this one was not spoken"));
    }

    @Override
    public synchronized void close() {
        closed = true;
        mouth.worker.shutdown();
    }
}
