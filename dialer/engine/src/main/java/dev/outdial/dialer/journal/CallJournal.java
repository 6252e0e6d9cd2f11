package dev.outdial.dialer.journal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps what happened in calls. The entries of one call come in order, each when the one before is kept or has failed.
 *
 * <p><b>Threading:</b> called on a thread that decides calls: {@link #append} hands on and returns at once. What it fails with, thrown or
 * told, is logged once for each call; the call goes on, and so do its further entries.
 */
@FunctionalInterface
public interface CallJournal {
    /** Keeps nothing. */
    CallJournal NONE = (callId, seq, entry) -> CompletableFuture.allOf(); // which is complete

    /**
     * Keeps an entry.
     *
     * @param callId the Call-ID of the call
     * @param seq counts the entries of the call, from 1, without a gap
     * @return completes when the entry is kept
     */
    CompletionStage<Void> append(String callId, long seq, JournalEntry entry);
}
