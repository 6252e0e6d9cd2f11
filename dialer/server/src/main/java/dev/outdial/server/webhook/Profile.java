package dev.outdial.server.webhook;

import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.calls.Callbacks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one API tells events to those who wait for them. <b>Threading:</b> any; called within a transaction, so it must not wait. */
public interface Profile {
    /**
     * What is sent of an event, in this order; nothing where this API tells nothing of it.
     *
     * @param call as it is after the event; empty for an event that is of no call
     * @param to who waits: the callback of the call, or a webhook of its account
     */
    List<Message> messages(CallEventRecord event, Optional<CallRecord> call, Callbacks to);

    /** How often and when a message is tried. */
    Manner manner();

    /**
     * What is sent.
     *
     * @param method GET or POST; the first has no body, and its URL says everything
     * @param url where to, in full; a user name and password in it are sent as Basic credentials (RFC 7617)
     * @param headers besides Content-Type
     * @param fallbackUrl where to instead if that fails, in full; where empty, the fallback of the callback, which gets the query of a GET
     */
    record Message(
            String method,
            String url,
            String contentType,
            String body,
            Map<String, String> headers,
            String fallbackUrl) {
        /** Copies the headers. */
        public Message {
            if (!method.equals("GET") && !method.equals("POST"))
                throw new IllegalArgumentException("messages are sent by GET or POST, not by " + method);
            headers = Map.copyOf(headers);
        }

        /** With the fallback of the callback. */
        public Message(String method, String url, String contentType, String body, Map<String, String> headers) {
            this(method, url, contentType, body, headers, "");
        }
    }

    /** How a message is delivered. */
    enum Manner {
        /** As Standard Webhooks has it: signed, 2xx is success, tried for 72 h, the fallback after each failed try. The others are not signed. */
        STANDARD,
        /** Three tries a second apart; anything but 5xx or a broken connection is success; 30 s a try. */
        THREE_UNLESS_ANSWERED,
        /** Three tries a second apart; 2xx is success; 10 s a try. */
        THREE,
        /** One try, and one at the fallback where it fails; 2xx is success; as long a try as the callback says, 30 s at most. */
        ONCE_AND_FALLBACK
    }
}
