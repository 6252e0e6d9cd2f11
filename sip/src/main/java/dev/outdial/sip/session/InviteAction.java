package dev.outdial.sip.session;

import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;

/** What an {@link InviteMachine} wants done. */
public sealed interface InviteAction {
    /** Send this. */
    record Send(OutboundRequest request) implements InviteAction {}

    /** Answer the request that the event brought. */
    record Reply(SipAnswer answer) implements InviteAction {}

    /** Tell the user. */
    record Tell(SessionEvent event) implements InviteAction {}

    /** Nothing can come any more: forget the session. The last action. */
    record Forget() implements InviteAction {}
}
