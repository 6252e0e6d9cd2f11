package dev.outdial.sip.incoming;

import dev.outdial.sip.dialog.DialogEvent;
import dev.outdial.sip.message.Credentials;
import dev.outdial.sip.message.Header;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What can happen to an {@link IncomingMachine}. */
public sealed interface IncomingEvent {
    /**
     * A request with the Call-ID of the call came, the INVITE again perhaps.
     *
     * @param key names it in the actions that answer it
     * @param branch that of its topmost Via
     */
    record Requested(long key, String branch, SipRequest request) implements IncomingEvent {}

    /** Somebody has taken the call on: those credentials answer challenges to our requests within it. */
    record Taken(Optional<Credentials> credentials) implements IncomingEvent {}

    /** The user lets the far end know how it goes, 101-199; with a body that is early media. */
    record Ring(int status, Optional<MessageBody> body) implements IncomingEvent {}

    /** The user answers the call, or what the far end offered, with a session description. */
    record Accept(MessageBody description) implements IncomingEvent {}

    /** The user refuses the call, 300-699. */
    record Reject(int status, String reason, List<Header> headers) implements IncomingEvent {}

    /** The user names other places to call. */
    record Redirect(List<SipUri> contacts) implements IncomingEvent {}

    /** The user refuses what the far end offered, or the call where it offered nothing since. */
    record Refuse(int status) implements IncomingEvent {}

    /** The user wants the call to end. */
    record HangUp(OptionalInt q850) implements IncomingEvent {}

    /** Something else that concerns the dialog alone: responses and failures of our requests, and what only an answered call can do. */
    record Within(DialogEvent event) implements IncomingEvent {}

    /** A deadline may have passed. */
    record Woken() implements IncomingEvent {}
}
