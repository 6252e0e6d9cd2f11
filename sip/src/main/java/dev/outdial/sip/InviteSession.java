package dev.outdial.sip;

import java.util.Optional;
import java.util.OptionalInt;

/** A handle on what an INVITE sets up. <b>Threading:</b> any thread. */
public final class InviteSession {
    private final String callId;
    private final Optional<InviteRunner> runner;

    InviteSession(String callId, Optional<InviteRunner> runner) {
        this.callId = callId;
        this.runner = runner;
    }

    /** The Call-ID that every message of this session carries. */
    public String callId() {
        return callId;
    }

    /**
     * Ends the session: by CANCEL before the answer (held back until a provisional response, RFC 3261 section 9.1), by BYE after
     * it. Returns at once; {@code Ended} follows when the far end has taken notice, or after 32 seconds. Doing it twice, or after the
     * end, does nothing.
     *
     * @param q850 the cause to send in a Reason header (RFC 3326), 0-127
     * @throws IllegalArgumentException for a cause outside of that
     */
    public void hangUp(OptionalInt q850) {
        if (q850.isPresent() && (q850.getAsInt() < 0 || q850.getAsInt() > 127)) {
            throw new IllegalArgumentException("Q.850 cause " + q850.getAsInt() + " is not within 0-127");
        }
        runner.ifPresent(r -> r.hangUp(q850));
    }
}
