package dev.outdial.sip;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A handle on what an INVITE sets up. All methods return at once; what became of them is told to the listener. Where the session is not,
 * or no longer, so far, they do nothing. <b>Threading:</b> any thread.
 */
public final class InviteSession {
    private final String callId;
    private final SessionCommands commands;

    InviteSession(String callId, SessionCommands commands) {
        this.callId = callId;
        this.commands = commands;
    }

    /** The Call-ID that every message of this session carries. */
    public String callId() {
        return callId;
    }

    /**
     * Ends the session: by CANCEL before the answer (held back until a provisional response, RFC 3261 section 9.1), by BYE after
     * it. {@code Ended} follows when the far end has taken notice, or after 32 seconds. Doing it twice, or after the end, does nothing.
     *
     * @param q850 the cause to send in a Reason header (RFC 3326), 0-127
     * @throws IllegalArgumentException for a cause outside of that
     */
    public void hangUp(OptionalInt q850) {
        if (q850.isPresent() && (q850.getAsInt() < 0 || q850.getAsInt() > 127)) {
            throw new IllegalArgumentException("Q.850 cause " + q850.getAsInt() + " is not within 0-127");
        }
        commands.hangUp(q850);
    }

    /**
     * Accepts what the far end {@linkplain SessionEvent.Offered offered}.
     *
     * @param description the answer, or our offer where the far end asked for one
     */
    public void accept(MessageBody description) {
        commands.accept(description);
    }

    /**
     * Refuses what the far end {@linkplain SessionEvent.Offered offered}: the session goes on as it was.
     *
     * @param status the final response, 300-699; usually 488
     * @throws IllegalArgumentException for a status outside of that
     */
    public void refuse(int status) {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("status " + status + " refuses nothing; expected 300-699");
        }
        commands.refuse(status);
    }

    /** Offers to change the session (re-INVITE). {@link SessionEvent.OfferClosed} tells what became of it. */
    public void offerAgain(MessageBody offer) {
        commands.offerAgain(offer);
    }

    /** Sends an INFO, such as a digit in {@code application/dtmf-relay}. Only once the session is answered. */
    public void info(MessageBody body) {
        commands.info(body);
    }

    /**
     * Asks the far end to call somebody else (RFC 3515). {@link SessionEvent.TransferProgress} tells how that goes; the session itself
     * goes on until somebody hangs up.
     *
     * @param target whom to call
     * @param replaces the call there that is to be replaced: the value of a Replaces header (RFC 3891), unescaped
     * @throws IllegalArgumentException where that holds control characters
     */
    public void refer(SipUri target, Optional<String> replaces) {
        replaces.ifPresent(value -> Text.withoutControls("the Replaces value", value));
        commands.refer(target.toString(), replaces);
    }
}
