package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.function.Consumer;

/** A call to us that waits to be decided on. <b>Threading:</b> any thread; nothing waits. */
public interface Doorstep extends Leg {
    /** Lets the far end know that it rings. */
    void ring();

    /**
     * Answers the call.
     *
     * @param events hears every event from now on in order; it only hands on
     */
    void accept(Consumer<CallEvent> events);

    /** Refuses the call with a final response of 400 to 699. */
    void decline(int status);

    /** Names other places to call. */
    void redirect(List<SipUri> contacts);
}
