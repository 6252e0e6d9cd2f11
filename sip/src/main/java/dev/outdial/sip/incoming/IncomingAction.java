package dev.outdial.sip.incoming;

import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.OutboundRequest;
import dev.outdial.sip.message.SipAnswer;

/** What an {@link IncomingMachine} wants done. */
public sealed interface IncomingAction {
    /** Send this. */
    record Send(OutboundRequest request) implements IncomingAction {}

    /** Answer the request with that key; provisional answers, and a 2xx to an INVITE, may come again. */
    record Reply(long key, SipAnswer answer) implements IncomingAction {}

    /** The request with that key is not answered any more: forget it. */
    record Release(long key) implements IncomingAction {}

    /** Tell the user. */
    record Tell(SessionEvent event) implements IncomingAction {}

    /** Nothing can come any more: forget the call. The last action. */
    record Forget() implements IncomingAction {}
}
