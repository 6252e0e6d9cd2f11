package dev.outdial.sip;

import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.Replaces;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.Text;
import java.util.List;
import java.util.Map;
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
     * Ends the session: by CANCEL before the answer (held back until a provisional response, RFC 3261 section 9.1), or by 480 where we are
     * called; by BYE after it. {@code Ended} follows when the far end has taken notice, or after 32 seconds. Doing it twice, or after the end, does nothing.
     *
     * @param q850 the cause to send in a Reason header (RFC 3326), 0-127; 26, that somebody else took the call, is sent as
     *     {@code SIP;cause=200;text="Call completed elsewhere"}
     * @throws IllegalArgumentException for a cause outside of that
     */
    public void hangUp(OptionalInt q850) {
        if (q850.isPresent() && (q850.getAsInt() < 0 || q850.getAsInt() > 127)) {
            throw new IllegalArgumentException("Q.850 cause " + q850.getAsInt() + " is not within 0-127");
        }
        commands.hangUp(q850);
    }

    /**
     * Accepts what the far end {@linkplain SessionEvent.Offered offered}; where it has offered nothing since, a call to us (200).
     *
     * @param description the answer, or our offer where the far end asked for one; then {@link SessionEvent.Confirmed} brings the answer
     */
    public void accept(MessageBody description) {
        commands.accept(description);
    }

    /**
     * Refuses what the far end {@linkplain SessionEvent.Offered offered}: the session goes on as it was. A call to us is refused where the
     * far end has offered nothing since.
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

    /**
     * Asks the far end to call that of another session in our place there (RFC 5589 section 7.1): a REFER to its Contact with a Replaces
     * (RFC 3891) in it. {@link SessionEvent.TransferProgress} tells how that goes; both sessions go on until somebody hangs up.
     *
     * @return false where the other one is not answered or over: then nothing was asked
     */
    public boolean referTo(InviteSession other) {
        Optional<Dialog> there = other.commands.established().map(NumberedDialog::dialog);
        there.ifPresent(dialog -> commands.refer(
                dialog.remoteTarget(),
                // As the far end there sees it: its own tag is the to-tag.
                Optional.of(Replaces.of(dialog.callId(), dialog.remoteTag(), dialog.localTag())
                        .toString())));
        return there.isPresent();
    }

    /** The dialog as of now; empty before the answer and after the end. What is known of it may be used by {@link UserAgent#bye}. */
    public Optional<NumberedDialog> dialog() {
        return commands.established();
    }

    /** Whether that header, in an INVITE from the far end's side, means this session; never before its answer nor after its end. */
    public boolean isMeantBy(Replaces replaces) {
        return commands.established()
                .map(NumberedDialog::dialog)
                .filter(dialog -> replaces.means(dialog.callId(), dialog.localTag(), dialog.remoteTag()))
                .isPresent();
    }

    /**
     * Lets a caller know how its call goes. Acknowledged (RFC 3262) where the caller demands that, or can do it and there is a body; those
     * wait for one another.
     *
     * @param status 101-199: 180 is ringing, 183 with a session description is early media
     * @param body a session description: the answer to the caller's offer, or our offer where it made none;
     *     then {@link SessionEvent.OfferClosed} brings the answer of its PRACK
     * @throws IllegalArgumentException for a status outside of that
     */
    public void ring(int status, Optional<MessageBody> body) {
        if (status < 101 || status > 199) {
            throw new IllegalArgumentException("status " + status + " does not say that it rings; expected 101-199");
        }
        commands.ring(status, body);
    }

    /**
     * Refuses a call to us.
     *
     * @param status the final response, 300-699
     * @param reason its reason phrase; where blank, the usual one
     * @param headers more headers of it, such as Retry-After
     * @throws IllegalArgumentException for a status outside of that, and for control characters
     */
    public void reject(int status, String reason, Map<String, String> headers) {
        if (status < 300 || status > 699) {
            throw new IllegalArgumentException("status " + status + " refuses no call; expected 300-699");
        }
        Text.withoutControls("the reason phrase", reason);
        List<Header> more = headers.entrySet().stream()
                .map(entry -> new Header(entry.getKey(), entry.getValue()))
                .toList();
        commands.reject(status, reason, more);
    }

    /**
     * Names other places to a caller (302): whether it calls there is up to it.
     *
     * @param contacts in order of preference, at least one
     * @throws IllegalArgumentException where there is none
     */
    public void redirect(List<SipUri> contacts) {
        if (contacts.isEmpty()) throw new IllegalArgumentException("a redirection needs somewhere to go");
        commands.redirect(List.copyOf(contacts));
    }
}
