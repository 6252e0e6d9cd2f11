package dev.outdial.server.calls;

import java.util.List;

/** What is done in a call once it is answered. */
public sealed interface CallPlan {
    /** A stored flow. */
    record StoredFlow(String flowId) implements CallPlan {}

    /** A flow of its own, as JSON text: an array of actions. */
    record InlineFlow(String actions) implements CallPlan {}

    /** Files are played, then it is hung up. */
    record Play(List<String> urls) implements CallPlan {
        /** Copies the addresses. */
        public Play {
            urls = List.copyOf(urls);
        }
    }

    /** Words are said, then it is hung up. */
    record Say(String text, String language, String voice) implements CallPlan {}

    /** Nothing: the far end hears silence until somebody controls the call. */
    record Park() implements CallPlan {}
}
