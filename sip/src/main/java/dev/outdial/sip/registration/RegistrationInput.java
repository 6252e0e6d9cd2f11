package dev.outdial.sip.registration;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.message.TransactionId;

/** What can happen to a {@link RegistrationMachine}. */
public sealed interface RegistrationInput {
    /** A response with the Call-ID of the registration came. */
    record Responded(SipResponse response) implements RegistrationInput {}

    /** Timer F: the REGISTER found no answer. */
    record TimedOut(TransactionId transaction) implements RegistrationInput {}

    /** The REGISTER could not be sent. */
    record Failed(TransactionId transaction, String why) implements RegistrationInput {}

    /** From that registrar on, we are reached at another address than before. */
    record ContactChanged(Hop registrar, SipUri contact) implements RegistrationInput {}

    /** The connection to that hop was lost. */
    record ConnectionLost(Hop hop) implements RegistrationInput {}

    /** The user wants the binding to be made anew. */
    record RefreshWanted() implements RegistrationInput {}

    /** The binding is no longer wanted. */
    record UnregisterWanted() implements RegistrationInput {}

    /** A deadline may have passed. */
    record Woken() implements RegistrationInput {}
}
