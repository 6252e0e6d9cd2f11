package dev.outdial.sip.session;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import java.util.OptionalInt;

/** What can happen to an {@link InviteMachine}. */
public sealed interface InviteEvent {
    /** A response with the Call-ID of the session came, perhaps late, perhaps again. */
    record Responded(SipResponse response) implements InviteEvent {}

    /**
     * A request with the Call-ID of the session came.
     *
     * @param key names it in the actions that answer it
     */
    record Requested(long key, SipRequest request) implements InviteEvent {}

    /** A request of ours was handed to the wire. */
    record Sent(TransactionId transaction) implements InviteEvent {}

    /** Timer B or F: a request of ours found no answer. */
    record TimedOut(TransactionId transaction) implements InviteEvent {}

    /** A request of ours could not be sent. */
    record Failed(TransactionId transaction, String why) implements InviteEvent {}

    /** A request of ours was taken back before it left; it never will. */
    record Withdrawn(TransactionId transaction) implements InviteEvent {}

    /** The user wants the session to end. */
    record HangUp(OptionalInt q850) implements InviteEvent {}

    /**
     * The user wants something within the dialog.
     *
     * @param wanted one of Accept, Refuse, OfferAgain, SendInfo, Refer
     */
    record Within(DialogEvent wanted) implements InviteEvent {}

    /** A deadline may have passed. */
    record Woken() implements InviteEvent {}
}
