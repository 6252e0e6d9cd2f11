package dev.outdial.sip;

import java.util.concurrent.CompletionStage;

/** A handle on a binding that is being kept alive. <b>Threading:</b> any thread. */
public final class Registration {
    Registration() {}

    /**
     * Removes the binding. Bounded: completes within 5 seconds whatever the registrar does, and never exceptionally. After it
     * the listener hears {@code Unregistered} and nothing more.
     */
    public CompletionStage<Void> unregister() {
        throw new UnsupportedOperationException();
    }
}
