package dev.outdial.server.calls;

import dev.outdial.server.calls.CallService.RequestKey;
import java.util.Optional;

/** What was answered at first to requests with a key of their asker's. <b>Threading:</b> any. */
public interface AnswerService {
    /** Keeps the answer to a request that was accepted under a key; the first one counts. @param answer the body */
    void keep(String account, String key, String answer);

    /**
     * Takes a key for something that is done in a call next.
     *
     * @return false where the same was asked under it before
     * @throws ServiceException CONFLICT where something else was
     */
    boolean begin(String account, RequestKey key, String callId);

    /** Gives a key back under which nothing was done. */
    void undo(String account, String key);

    /** The kept one; empty where none was kept before whoever answered broke off. */
    Optional<String> find(String account, String key);
}
