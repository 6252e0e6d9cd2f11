package dev.outdial.sip.trace;

import dev.outdial.sip.transport.WireMessage;
import dev.outdial.sip.transport.WireTap;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The logs of the calls that somebody wants to follow. It knows them only as long as somebody else holds them: nothing has to be
 * closed, and what comes late is still seen by who still looks. Messages of other calls, and what is no message, cost a look at
 * their head. <b>Threading:</b> any; nothing waits.
 */
public final class CallLogs implements WireTap {
    private final Map<String, Known> byCallId = new ConcurrentHashMap<>();
    private final ReferenceQueue<CallLog> forgotten = new ReferenceQueue<>();

    private static final class Known extends WeakReference<CallLog> {
        private final String callId;

        Known(CallLog log, ReferenceQueue<CallLog> queue) {
            super(log, queue);
            this.callId = log.callId();
        }
    }

    /** Follows a call from now on, until the log that is returned is held by nobody. */
    public CallLog follow(String callId) {
        expunge();
        var log = new CallLog(callId);
        byCallId.put(callId, new Known(log, forgotten));
        return log;
    }

    @Override
    public void passed(WireMessage message) {
        expunge();
        byte[] bytes = message.bytes();
        // Asked first, and by the bytes: most of what a stranger sends is nobody's.
        Optional<MessageScan> scan = MessageScan.of(bytes, 0, bytes.length);
        if (scan.isEmpty()) return;
        @Nullable Known known = byCallId.get(scan.get().callId());
        @Nullable CallLog log = known == null ? null : known.get();
        if (log != null) log.add(TracedMessage.of(message, bytes, scan.get()));
    }

    /** How many are followed, or were until a moment ago. */
    public int size() {
        expunge();
        return byCallId.size();
    }

    private void expunge() {
        for (Reference<? extends CallLog> gone; (gone = forgotten.poll()) != null; ) {
            if (gone instanceof Known known) byCallId.remove(known.callId, known);
        }
    }
}
