package dev.outdial.server.store;

import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.server.calls.ServiceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what was pressed and played in the store; the digits of a call stand in its row, too. The dialogs of answered calls are the node's,
 * until they are over. Entries that come while others are written
 * go together in one transaction. <b>Threading:</b> any; nothing waits.
 */
public final class StoreJournal implements CallJournal {
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_AT_ONCE = 1_000;

    private final Store store;
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean writing;

    private final NodeLease lease;

    private record Waiting(JournalTable.Line line, CompletableFuture<Void> kept) {
        boolean isOfDialog() {
            return line.entry() instanceof JournalEntry.DialogHeld || line.entry() instanceof JournalEntry.DialogOver;
        }
    }

    /** A journal of the calls of that process. */
    public StoreJournal(Store store, NodeLease lease) {
        this.store = store;
        this.lease = lease;
    }

    @Override
    public CompletionStage<Void> append(String callId, long seq, JournalEntry entry) {
        var one = new Waiting(new JournalTable.Line(callId, seq, entry, Instant.now()), new CompletableFuture<>());
        boolean begins;
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING) {
                return CompletableFuture.failedFuture(Troubles.busy());
            }
            waiting.add(one);
            begins = !writing;
            writing = true;
        }
        if (begins) {
            write();
        }
        return one.kept();
    }

    private void write() {
        List<Waiting> batch;
        synchronized (waiting) {
            List<Waiting> first = waiting.subList(0, Math.min(MOST_AT_ONCE, waiting.size()));
            batch = List.copyOf(first);
            first.clear();
            writing = !batch.isEmpty();
        }
        if (!batch.isEmpty()) {
            var unused = kept(batch).whenComplete((done, trouble) -> {
                for (Waiting one : batch) {
                    if (trouble == null) one.kept().complete(null);
                    else one.kept().completeExceptionally(trouble);
                }
                write();
            });
        }
    }

    private boolean keep(Tables tables, List<Waiting> batch) {
        tables.journal()
                .append(batch.stream()
                        .filter(one -> !one.isOfDialog())
                        .map(Waiting::line)
                        .toList());
        batch.stream().filter(Waiting::isOfDialog).forEach(one -> keepDialog(tables, one.line()));
        return true;
    }

    private void keepDialog(Tables tables, JournalTable.Line line) {
        if (line.entry() instanceof JournalEntry.DialogHeld held) {
            tables.dialogs().hold(held.dialog(), lease.held().node(), line.at());
        } else {
            tables.dialogs().over(line.callId());
        }
    }

    private CompletableFuture<Boolean> kept(List<Waiting> batch) {
        try {
            // A dialog is of use as long as the machine runs: it need not outlive the failing of power.
            return batch.stream().allMatch(Waiting::isOfDialog)
                    ? store.lightlyLater(tables -> keep(tables, batch))
                    : store.durablyLater(tables -> keep(tables, batch));
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }
}
