package dev.outdial.dialer.call;

import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.sip.dialog.NumberedDialog;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has the journal know the dialog of one call, from its answer to its end. <b>Threading:</b> any thread; nothing waits. */
final class DialogKeeper {
    private final JournalWriter journal;
    private final String trunk;
    private final AtomicBoolean held = new AtomicBoolean();

    DialogKeeper(JournalWriter journal, String trunk) {
        this.journal = journal;
        this.trunk = trunk;
    }

    /** The call is answered, or its dialog has changed. */
    void held(NumberedDialog dialog) {
        held.set(true);
        var unused = journal.append(new JournalEntry.DialogHeld(StoredDialogs.stored(trunk, dialog)));
    }

    /** The call is over; nothing where it never was answered. */
    void over() {
        if (held.compareAndSet(true, false)) {
            var unused = journal.append(new JournalEntry.DialogOver());
        }
    }
}
