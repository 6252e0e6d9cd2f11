package dev.outdial.server.cli;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerConfig;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.outcome.OutcomeKind;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM: ends what runs properly (a dialer by CANCEL or BYE and un-REGISTER, processes of ours), lets the command
 * print what it has to say, and exits 14. It is opened before the dialer and closed after it, so that there is no moment in which a signal leaves a phone
 * ringing or a registration behind. Closing it means that the command came to its own end.
 *
 * <p><b>Threading:</b> opened, used and closed by the command's thread; signals come on another.
 */
final class Interruption implements AutoCloseable {
    private static final long LAST_WORDS_SECONDS = 1;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread command = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupted, "outdial-interruption");
    private @Nullable Runnable ending;

    /** Begins to watch for signals. */
    Interruption() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // The signal came before us: nothing was sent yet.
            Runtime.getRuntime().halt(OutcomeKind.CANCELED.exitStatus());
        }
    }

    /**
     * Opens the dialer that is closed when a signal comes. A signal waits until it is open.
     *
     * @throws UsageException if it cannot be opened as it was asked to be
     */
    synchronized Dialer open(DialerConfig config) {
        try {
            Dialer opened = Dialer.start(config);
            ending = opened::close;
            return opened;
        } catch (DialerException unable) {
            throw new UsageException(String.valueOf(unable.getMessage()));
        }
    }

    /** Has that run when a signal comes, where what runs is no dialer. Until then a signal ends the command at once. */
    synchronized void ending(Runnable end) {
        ending = end;
    }

    /** Whether somebody asked the command to end. */
    boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits that long, or until somebody asks the command to end. */
    void pause(long nanos) throws InterruptedException {
        requested.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** What to exit with: the command's own status unless somebody asked it to end. */
    int exitStatus(int own) {
        return requested() ? OutcomeKind.CANCELED.exitStatus() : own;
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

    private void interrupted() {
        try {
            end();
            if (!finished.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                // It waits for something that no longer comes, such as the answer of a silent registrar.
                command.interrupt();
                finished.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        } finally {
            // The virtual machine would say 130 or 143 here, which tells a script nothing of the call.
            Runtime.getRuntime().halt(OutcomeKind.CANCELED.exitStatus());
        }
    }

    private synchronized void end() {
        requested.countDown();
        if (ending == null) {
            // Nothing was begun yet, and in this lock nothing will be.
            Runtime.getRuntime().halt(OutcomeKind.CANCELED.exitStatus());
        } else {
            ending.run();
        }
    }
}
