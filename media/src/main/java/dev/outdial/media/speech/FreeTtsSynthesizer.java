package dev.outdial.media.speech;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The embedded engine, FreeTTS: US English, the voice kevin16, hundreds of times faster than it is heard. <b>Threading:</b> any; it
 * speaks one text after the other, on a thread of its own that ends when it is idle.
 */
public final class FreeTtsSynthesizer implements SpeechSynthesizer {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int IDLE_SECONDS = 5;

    private final Duration limit;
    private ThreadPoolExecutor worker = worker();
    private volatile boolean closed;

    /** Belongs to the worker. */
    private final class Mouth {
        private @Nullable FreeTtsVoice voice;

        FreeTtsVoice voice() {
            if (voice == null) voice = new FreeTtsVoice();
            return voice;
        }
    }

    private Mouth mouth = new Mouth();

    public FreeTtsSynthesizer() {
        this(LIMIT);
    }

    FreeTtsSynthesizer(Duration limit) {
        this.limit = limit;
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
        var stop = new AtomicBoolean();
        Future<?> spoken = begin(script, target, stop);
        try {
            // Those before it take their time too: theirs is bounded as well.
            spoken.get(4 * limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SpeechException sentence) throw sentence;
            throw new SpeechException("freetts cannot say that: " + failed.getCause(), failed);
        } catch (TimeoutException stuck) {
            replaceWorker();
            throw tooLong();
        } finally {
            stop.set(true);
        }
    }

    private synchronized Future<?> begin(Script script, Path target, AtomicBoolean stop) throws SpeechException {
        Mouth now = mouth;
        try {
            return worker.submit(() -> {
                speak(now, script, target, stop);
                return target;
            });
        } catch (RejectedExecutionException afterClose) {
            throw new SpeechException("freetts is closed", afterClose);
        }
    }

    private void speak(Mouth now, Script script, Path target, AtomicBoolean stop) throws IOException {
        long startNanos = System.nanoTime();
        var late = new AtomicBoolean();
        now.voice().speak(script, target, () -> {
            if (System.nanoTime() - startNanos > limit.toNanos()) late.set(true);
            return late.get() || stop.get() || closed;
        });
        if (late.get()) throw tooLong();
        if (closed) throw new SpeechException("freetts is closed");
    }

    private SpeechException tooLong() {
        return new SpeechException("freetts took longer than " + limit.toSeconds() + " s");
    }

    /** Who hangs keeps its thread and its voice, and nobody else. */
    private synchronized void replaceWorker() {
        worker.shutdownNow();
        if (closed) return;
        worker = worker();
        mouth = new Mouth();
    }

    @Override
    public synchronized void close() {
        closed = true;
        worker.shutdown();
    }
}
