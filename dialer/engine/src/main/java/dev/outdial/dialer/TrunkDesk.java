package dev.outdial.dialer;

import dev.outdial.dialer.call.EngineRoom;
import dev.outdial.dialer.call.TrunkLine;
import dev.outdial.dialer.event.TrunkEvent;
import dev.outdial.dialer.trunk.Trunk;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has trunks that come register and stay so, and tells how they stand. Where calls are played nobody is registered. <b>Threading:</b> any
 * thread; nothing waits but {@link #awaitRegistered}.
 */
final class TrunkDesk {
    /** How long a trunk that takes another one's place waits until that is un-registered. */
    private static final Duration LONGEST_LEAVING = Duration.ofSeconds(7);

    private final Lines lines;
    private final EngineRoom room;
    private final Executor applications;
    private final AtomicReference<@Nullable ExecutorService> ear = new AtomicReference<>();

    /** @param applications a virtual thread for each task, interrupted when the dialer closes */
    TrunkDesk(Lines lines, EngineRoom room, Executor applications) {
        this.lines = lines;
        this.room = room;
        this.applications = applications;
    }

    /** Adds a trunk, or puts it in place of the one that has its name, and begins to register it where that is wanted. */
    void put(Trunk trunk) {
        Optional<Lines.Come> come = lines.put(trunk);
        if (room.stage().isEmpty() && come.isPresent()) {
            TrunkLine line = come.get().line();
            applications.execute(() -> begin(line, come.get().after()));
            if (trunk.optionsEvery().isPresent()) applications.execute(() -> keepAsking(line));
        }
    }

    private static void keepAsking(TrunkLine line) {
        try {
            line.keepAsking();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(TrunkLine line, CompletableFuture<?> after) {
        try {
            room.await(after, LONGEST_LEAVING);
            if (line.trunk().register()) {
                line.register(room.mailboxes().next());
            } else {
                line.find();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Who is told how they stand, in place of whom before.
     *
     * @param threads makes the thread that tells
     */
    void onEvent(Consumer<TrunkEvent> listener, ThreadFactory threads) {
        ExecutorService own = Executors.newSingleThreadExecutor(threads);
        ExecutorService before = ear.getAndSet(own);
        lines.onEvent(event -> {
            try {
                own.execute(() -> listener.accept(event));
            } catch (RejectedExecutionException over) {
                // another listener has taken its place, or the dialer is closed
            }
        });
        if (before != null) before.shutdown();
    }

    /** As {@link Dialer#awaitRegistered} has it. */
    void awaitRegistered(String trunk, Duration longest) throws InterruptedException {
        TrunkLine line = lines.named(trunk);
        if (room.stage().isPresent()) return;
        try {
            line.first().get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            throw new DialerException(
                    "trunk " + trunk + ": the registrar said nothing for " + longest.toSeconds() + " s");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        if (line.standing() instanceof TrunkLine.Standing.Unusable unusable) {
            throw new DialerException(unusable.why());
        }
    }

    /** Nobody is told anything after what was told already. */
    void tellNoMore() {
        ExecutorService own = ear.get();
        if (own != null) own.shutdown();
    }
}
