package dev.outdial.server.cli;

import dev.outdial.dialer.outcome.OutcomeKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: ends what runs properly (CANCEL or BYE, un-REGISTER), lets the command print what it has to say, and
 * exits 14. Closing it means that the command came to its own end.
 */
final class Interruption implements AutoCloseable {
    private static final long LAST_WORDS_SECONDS = 2;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /** @param ending ends everything that runs; called once, on another thread */
    Interruption(Runnable ending) {
        hook = new Thread(() -> interrupted(ending), "outdial-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether somebody asked the command to end. */
    boolean requested() {
        return requested;
    }

    /** What to exit with: the command's own status unless somebody asked it to end. */
    int exitStatus(int own) {
        return requested ? OutcomeKind.CANCELED.exitStatus() : own;
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // the hook is at work and says the exit status
        }
    }

    private void interrupted(Runnable ending) {
        requested = true;
        try {
            ending.run();
            finished.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            // The virtual machine would say 130 or 143 here, which tells a script nothing of the call.
            Runtime.getRuntime().halt(OutcomeKind.CANCELED.exitStatus());
        }
    }
}
