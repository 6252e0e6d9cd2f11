package dev.outdial.server.calls.live;

import dev.outdial.dialer.journal.DialogEnd;
import dev.outdial.dialer.journal.StoredDialog;
import dev.outdial.dialer.log.LogMark;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.server.store.DialogsTable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends, by BYE, calls that were answered when their process went away, so that nobody is left in silence. Each is tried once, as far as
 * that is known to be done; whom it does not reach, the far end's own timers end. <b>Threading:</b> {@link #look} from one thread at a time.
 */
final class Farewells implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Farewells.class);
    private static final int MOST_AT_ONCE = 1_000;
    /** So many wait for an answer at a time: what a trunk is told at once is bounded. */
    private static final int MOST_WAITING = 50;
    /** As long as SIP waits for an answer to BYE (timer F). */
    private static final Duration LONGEST = Duration.ofSeconds(32);

    private final Workshop workshop;
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private volatile boolean closed;

    Farewells(Workshop workshop) {
        this.workshop = workshop;
    }

    /** Begins to end what is to be ended now; does not wait for it. */
    void look() {
        for (DialogsTable.Row row : workshop.settings().lease().takeDialogs(MOST_AT_ONCE)) {
            var unused =
                    Thread.ofVirtual().name("outdial-farewell").start(LogMark.around(row.callId(), () -> say(row)));
        }
    }

    private void say(DialogsTable.Row row) {
        try {
            places.acquire();
            try {
                if (!closed) end(row);
            } finally {
                places.release();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (ServiceException away) {
            LOG.debug("call={} its dialog stays in the store: {}", row.callId(), away.getMessage());
        } catch (IllegalStateException closing) {
            LOG.debug("call={} is left to the next start", row.callId());
        }
    }

    private void end(DialogsTable.Row row) throws InterruptedException {
        DialogEnd end;
        try {
            end = workshop.dialer().endStored(StoredDialog.parse(row.text()), LONGEST);
        } catch (IllegalArgumentException unreadable) {
            end = new DialogEnd.NotAnswered(String.valueOf(unreadable.getMessage()));
        }
        switch (end) {
            case DialogEnd.Answered answered ->
                LOG.info(
                        "call={} of a process that is gone: the far end answers {} to BYE",
                        row.callId(),
                        answered.sipCode());
            case DialogEnd.NotAnswered not -> {
                if (closed) return; // whose end could not be told for that is told at the next start
                LOG.warn("call={} of a process that is gone is not ended: {}", row.callId(), not.why());
            }
            case DialogEnd.GoesOn here -> {
                return; // this process was taken for dead, and was not: it ends the call itself
            }
        }
        boolean unused = workshop.store().lightly(tables -> {
            tables.dialogs().over(row.callId());
            return true;
        });
    }

    /** Begins no more. */
    @Override
    public void close() {
        closed = true;
    }
}
