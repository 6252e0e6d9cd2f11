package dev.outdial.dialer.call;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Has something done on a call's mailbox at its next deadline. <b>Threading:</b> belongs to the mailbox. */
final class Wake {
    private final Mailbox mailbox;
    private final LongSupplier nanoClock;
    private final Runnable task;
    private OptionalLong set = OptionalLong.empty();
    private Runnable takeBack = () -> {};

    /**
     * Set to no time yet.
     *
     * @param nanoClock whose times the deadlines are
     */
    Wake(Mailbox mailbox, LongSupplier nanoClock, Runnable task) {
        this.mailbox = mailbox;
        this.nanoClock = nanoClock;
        this.task = task;
    }

    /** In place of any deadline before. Asked for after every event, which changes few of them. */
    void at(OptionalLong deadlineNanos) {
        if (deadlineNanos.equals(set)) return;
        takeBack.run();
        set = deadlineNanos;
        takeBack = deadlineNanos.isPresent()
                ? mailbox.after(deadlineNanos.getAsLong() - nanoClock.getAsLong(), this::due)
                : () -> {};
    }

    private void due() {
        set = OptionalLong.empty();
        task.run();
    }
}
