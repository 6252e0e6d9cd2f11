package dev.outdial.testbed.web;

import java.io.IOException;

/** How the server answers a request. The connection is closed afterwards. */
@FunctionalInterface
public interface WebAnswer {
    /**
     * Answers. Runs on a thread of its own.
     *
     * @throws IOException where the client is gone
     */
    void answer(WebExchange exchange) throws IOException;
}
