package dev.outdial.sip.trace;

/** The messages of one call while they come in. Kept as long as somebody holds it. <b>Threading:</b> any. */
public final class CallLog {
    private final String callId;
    private MessageLog log = MessageLog.EMPTY;

    CallLog(String callId) {
        this.callId = callId;
    }

    /** Whose it is. */
    public String callId() {
        return callId;
    }

    synchronized void add(TracedMessage message) {
        log = log.with(message);
    }

    /** What was seen so far. */
    public synchronized MessageLog messages() {
        return log;
    }
}
