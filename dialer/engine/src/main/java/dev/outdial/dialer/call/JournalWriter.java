package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.journal.JournalEntry;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the entries of one call to a {@link CallJournal}, one after the other. A journal that fails ends no call: that is logged once,
 * and whoever waits for an entry is told.
 *
 * <p><b>Threading:</b> any thread; nothing waits.
 */
final class JournalWriter {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    /** A journal that keeps up has one or two; one that stands still takes no more memory than that. */
    private static final int MOST_WAITING = 1000;

    private final CallJournal journal;
    private final String callId;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean hasFailed;
    private long seq;

    private record Entry(JournalEntry entry, CompletableFuture<Void> recorded) {}

    JournalWriter(CallJournal journal, String callId) {
        this.journal = journal;
        this.callId = callId;
    }

    /** A listener who has what belongs in the journal written there, then hands on to another. */
    Consumer<CallEvent> before(Consumer<CallEvent> listener) {
        return event -> {
            take(event);
            listener.accept(event);
        };
    }

    private void take(CallEvent event) {
        if (event instanceof CallEvent.DigitPressed key) {
            var unused = append(new JournalEntry.DigitAcknowledged(key.digit(), key.durationMillis(), key.source()));
        } else if (event instanceof CallEvent.Played played) {
            var unused = append(new JournalEntry.PromptFinished(played.millis(), played.whole()));
        }
    }

    /** Completes when the entry is kept, exceptionally where it is not; those before it came first. */
    CompletionStage<Void> append(JournalEntry entry) {
        var recorded = new CompletableFuture<Void>();
        boolean full;
        synchronized (this) {
            full = waiting.size() >= MOST_WAITING;
            if (!full) waiting.add(new Entry(entry, recorded));
        }
        if (full) {
            failed(recorded, new IllegalStateException("the journal has stood still for " + MOST_WAITING + " entries"));
        } else {
            writeNext();
        }
        return recorded;
    }

    private void writeNext() {
        for (Entry next = taken(); next != null; next = taken()) {
            CompletableFuture<Void> recorded = next.recorded();
            var done = new CompletableFuture<Void>();
            var unusedStage = written(next.entry()).whenComplete((nothing, trouble) -> {
                if (trouble == null) recorded.complete(null);
                else failed(recorded, trouble);
                done.complete(null);
            });
            if (!done.isDone()) {
                var unused = done.thenRun(this::goOn);
                return;
            }
            free();
        }
    }

    private CompletionStage<Void> written(JournalEntry entry) {
        try {
            return Objects.requireNonNull(journal.append(callId, nextSeq(), entry), "the journal gave no stage");
        } catch (RuntimeException | Error broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private void goOn() {
        free();
        writeNext();
    }

    private synchronized void free() {
        writing = false;
    }

    private synchronized long nextSeq() {
        return ++seq;
    }

    /** The next entry, which its taker alone writes; null where there is none, or another is being written. */
    private synchronized @Nullable Entry taken() {
        if (writing) return null;
        Entry next = waiting.poll();
        writing = next != null;
        return next;
    }

    private void failed(CompletableFuture<Void> recorded, Throwable trouble) {
        boolean first;
        synchronized (this) {
            first = !hasFailed;
            hasFailed = true;
        }
        if (first) LOG.error("call={} its journal fails; the call goes on: {}", callId, trouble.toString());
        recorded.completeExceptionally(trouble);
    }
}
