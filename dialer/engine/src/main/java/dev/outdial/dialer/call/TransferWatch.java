package dev.outdial.dialer.call;

import dev.outdial.sip.event.SessionEvent.TransferProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits for what becomes of a transfer: of the latest one, or of one before it that is still reported on. <b>Threading:</b> the call's
 * mailbox.
 */
final class TransferWatch {
    private final List<CompletableFuture<TransferProgress>> latest = new ArrayList<>();
    private final List<CompletableFuture<TransferProgress>> earlier = new ArrayList<>();
    private boolean takenOn;

    /** A transfer was asked for: it completes with the last that is said of it. */
    void asked(CompletableFuture<TransferProgress> result) {
        // One that is taken on goes on to be reported on, beside the one that is asked for now.
        if (takenOn) {
            earlier.addAll(latest);
            latest.clear();
            takenOn = false;
        }
        latest.add(result);
    }

    /** Something was said of one. */
    void told(TransferProgress progress) {
        var concerned = progress.earlier() ? earlier : latest;
        // A 2xx that is not the last word is the answer to the REFER.
        if (!progress.earlier()) takenOn = !progress.last() && (takenOn || progress.status() / 100 == 2);
        if (progress.last()) {
            concerned.forEach(waiting -> waiting.complete(progress));
            concerned.clear();
        }
    }
}
