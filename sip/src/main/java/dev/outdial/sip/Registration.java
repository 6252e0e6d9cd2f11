package dev.outdial.sip;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A handle on a binding that is being kept alive. <b>Threading:</b> any thread. */
public final class Registration {
    private final RegistrationRunner runner;

    Registration(RegistrationRunner runner) {
        this.runner = runner;
    }

    /**
     * Removes the binding. Bounded: completes within 6 seconds whatever the registrar does, and never exceptionally. The listener hears
     * {@code Unregistered} and nothing more. Doing it twice does nothing more.
     */
    public CompletionStage<@Nullable Void> unregister() {
        return runner.unregister();
    }
}
