package dev.outdial.sip.registration;

import dev.outdial.sip.message.OutboundRequest;

/** What a {@link RegistrationMachine} wants done. */
public sealed interface RegistrationAction {
    /** Send this. */
    record Send(OutboundRequest request) implements RegistrationAction {}

    /** Tell the user. */
    record Tell(RegistrationEvent event) implements RegistrationAction {}

    /** Nothing can come any more: forget the registration. The last action. */
    record Forget() implements RegistrationAction {}
}
