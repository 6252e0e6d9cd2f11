package dev.outdial.sip.session;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;
import dev.outdial.sip.message.TransactionId;

/** What an {@link InviteMachine} wants done. */
public sealed interface InviteAction {
    /** Send this. */
    record Send(OutboundRequest request) implements InviteAction {}

    /** Take this back where it has not left yet; {@link InviteEvent.Withdrawn} tells where that was so. */
    record Withdraw(TransactionId transaction) implements InviteAction {}

    /** Answer the request with that key. */
    record Reply(long key, SipAnswer answer) implements InviteAction {}

    /** The request with that key is not answered any more: forget it. */
    record Release(long key) implements InviteAction {}

    /** Tell the user. */
    record Tell(SessionEvent event) implements InviteAction {}

    /** Note how a hop does. */
    record Report(Hop hop, HopHealth health) implements InviteAction {}

    /** Nothing can come any more: forget the session. The last action. */
    record Forget() implements InviteAction {}
}
