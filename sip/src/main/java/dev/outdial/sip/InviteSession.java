package dev.outdial.sip;

import java.util.OptionalInt;

/** A handle on what an INVITE sets up. <b>Threading:</b> any thread. */
public final class InviteSession {
    private final String callId;

    InviteSession(String callId) {
        this.callId = callId;
    }

    /** The Call-ID that every message of this session carries. */
    public String callId() {
        return callId;
    }

    /**
     * Ends the session: by CANCEL before the answer (held back until a provisional response, RFC 3261 section 9.1), by BYE after
     * it. Returns at once; {@code Ended} follows. Doing it twice, or after the end, does nothing.
     *
     * @param q850 the cause to send in a Reason header (RFC 3326), 0-127
     */
    public void hangUp(OptionalInt q850) {
        throw new UnsupportedOperationException();
    }
}
