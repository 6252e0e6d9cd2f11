package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.flow.machine.FlowHappening;

/**
 * Hears of one call that a flow dials besides its own. <b>Threading:</b> the methods are called on virtual threads; those that hear, one event
 * after the other.
 */
public interface Companion {
    /** The call as it is to be dialled. */
    DialRequest request();

    /** How its own flow begins, where it has one. */
    default FlowStart start(FlowStart usual) {
        return usual;
    }

    /** It is being dialled; what happens to it may be heard before. */
    default void dialled(Call call) {}

    /** It was not dialled after all, and nothing more is heard of it. @param why one sentence */
    default void undialled(String why) {}

    /** What happens to the call; its end may be told twice. */
    default void hear(CallEvent event) {}

    /** What happens to its own flow, where it has one. */
    default void hear(FlowHappening happening) {}
}
