package dev.outdial.sip;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The mailbox of a call that nobody has taken yet: whoever brings something does it, one at a time and without waiting. Once it was handed
 * over, somebody's own mailbox does. <b>Threading:</b> any thread.
 */
final class Handover implements Executor {
    private Optional<Executor> mailbox = Optional.empty();

    @Override
    public void execute(Runnable task) {
        handedTo(task).ifPresent(executor -> executor.execute(task));
    }

    private synchronized Optional<Executor> handedTo(Runnable task) {
        if (mailbox.isEmpty()) task.run();
        return mailbox;
    }

    /** From here on that one runs everything. */
    synchronized void to(Executor newMailbox) {
        mailbox = Optional.of(newMailbox);
    }
}
