package dev.outdial.sip;

import dev.outdial.sip.registration.RegistrationStatus;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A handle on a binding that is being kept alive. <b>Threading:</b> any thread. */
public final class Registration {
    private final RegistrationRunner runner;
    private final String contactUser;

    Registration(RegistrationRunner runner, String contactUser) {
        this.runner = runner;
        this.contactUser = contactUser;
    }

    /** The user part of our Contact: calls to this account come with it in their Request-URI, unless the trunk puts another one there. */
    public String contactUser() {
        return contactUser;
    }

    /** How it stands now. What is under way in the mailbox is not in it yet. */
    public RegistrationStatus state() {
        return runner.status();
    }

    /**
     * Until when the registrar holds our binding, on the clock of {@link System#nanoTime}: also after a
     * refresh that failed, since what it granted before holds. Empty where it holds none.
     */
    public OptionalLong boundUntilNanos() {
        return runner.boundUntilNanos();
    }

    /** The responses that came last, at most 6, the oldest first: for whoever wants to know why it stands as it does. */
    public List<RegistrarAnswer> answers() {
        return runner.answers();
    }

    /**
     * Makes the binding anew, soon: the network has changed, say. Returns at once. No REGISTER comes sooner than 5 seconds after the last one,
     * and none sooner than a registrar that refused it wants, so asking often does no harm. Also begins again where wrong credentials have stopped it.
     */
    public void refresh() {
        runner.refresh();
    }

    /**
     * Removes the binding. Bounded: completes within 6 seconds whatever the registrar does, and never exceptionally. The listener hears
     * {@code Unregistered} and nothing more. Doing it twice does nothing more.
     */
    public CompletionStage<@Nullable Void> unregister() {
        return runner.unregister();
    }
}
