package dev.outdial.server.webhook;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import java.util.Optional;

/** How one API tells an event to the callback of a call. <b>Threading:</b> any; called within a transaction, so it must not wait. */
@FunctionalInterface
public interface Profile {
    /**
     * What is sent of an event; empty where this API tells nothing of it.
     *
     * @param call as it is after the event
     */
    Optional<Message> message(CallEventRecord event, CallRecord call);

    /**
     * What is sent.
     *
     * @param contentType of the body, which a GET is sent without
     */
    record Message(String contentType, String body) {}
}
