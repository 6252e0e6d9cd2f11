package dev.outdial.server.calls;

import java.util.Optional;

/** What was answered at first to requests with a key of their asker's. <b>Threading:</b> any. */
public interface AnswerService {
    /** Keeps the answer to a request that was accepted under a key; the first one counts. @param answer the body */
    void keep(String account, String key, String answer);

    /** The kept one; empty where none was kept before whoever answered broke off. */
    Optional<String> find(String account, String key);
}
