package dev.outdial.sip;

import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One machine's place in a mailbox: its events are taken one at a time and in order, it is woken at its deadlines, and neither a closed
 * mailbox nor an exception does harm to anybody else. <b>Threading:</b> {@link #post} and {@link #execute} any thread; the rest belongs to
 * the mailbox.
 *
 * @param <E> what can happen to the machine
 */
final class Mailroom<E> {
    private static final Logger LOG = LoggerFactory.getLogger(Mailroom.class);

    /** Whoever keeps a machine's state. <b>Threading:</b> called on the mailbox. */
    interface Machine<E> {
        /** Does what follows from the event; when to be woken next, on the clock of {@code nowNanos}. */
        OptionalLong take(E event, long nowNanos);

        /** A promise of ours was broken on the way (it is logged): the machine is not to be trusted any more. */
        void broken();
    }

    private final String name;
    private final Executor mailbox;
    private final Machine<E> machine;
    private final Alarm alarm;

    /**
     * For one machine.
     *
     * @param name stands first in its log lines, such as {@code call=7f3a}
     * @param woken the event that a passed deadline is
     */
    Mailroom(String name, Executor mailbox, ScheduledThreadPoolExecutor clock, E woken, Machine<E> machine) {
        this.name = name;
        this.mailbox = mailbox;
        this.machine = machine;
        this.alarm = new Alarm(clock, () -> post(woken));
    }

    void post(E event) {
        execute(() -> handle(event));
    }

    void execute(Runnable task) {
        try {
            mailbox.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} its mailbox is closed", name);
        }
    }

    /** Lets the machine take the event now. */
    void handle(E event) {
        try {
            alarm.set(machine.take(event, System.nanoTime()));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", name, event.getClass().getSimpleName(), e);
            machine.broken();
        }
    }

    void wakeAt(OptionalLong deadlineNanos) {
        alarm.set(deadlineNanos);
    }

    /** Tells a listener: what that throws is no reason to lose the next messages. */
    <T> void tell(Consumer<T> listener, T event) {
        try {
            listener.accept(event);
        } catch (Throwable e) {
            LOG.error("{} the listener failed on {}", name, event.getClass().getSimpleName(), e);
        }
    }
}
