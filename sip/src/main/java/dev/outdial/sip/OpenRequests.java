package dev.outdial.sip;

import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.transport.Responder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the far end that a machine may still answer, by the keys that it knows them by. Bounded: of very many, the oldest is
 * forgotten, and whoever sent it asks again or gives up. <b>Threading:</b> belongs to the machine's mailbox.
 */
final class OpenRequests {
    private static final int MOST = 32;

    private record Open(String method, Responder responder) {}

    private final Map<Long, Open> open = new LinkedHashMap<>();
    private long last;

    /** Keeps a request, unless it is an ACK, which has no answer; its key. */
    long keep(SipRequest request, Responder responder) {
        last++;
        if (request.method().equals("ACK")) return last;
        if (open.size() >= MOST) open.remove(open.keySet().iterator().next());
        open.put(last, new Open(request.method(), responder));
        return last;
    }

    /** Answers; afterwards the request is forgotten, unless the answer was a provisional one or a 2xx to an INVITE, which may be repeated. */
    void answer(long key, SipAnswer answer) {
        @Nullable Open request = open.get(key);
        if (request == null) return;
        boolean repeatable = answer.status() < 200 || (answer.status() < 300 && request.method.equals("INVITE"));
        if (!repeatable) open.remove(key);
        request.responder.answer(answer);
    }

    void release(long key) {
        open.remove(key);
    }

    int size() {
        return open.size();
    }
}
