package dev.outdial.dialer.journal;

import dev.outdial.dialer.digits.DigitSource;

/** Something in a call that must not be forgotten, whatever becomes of the process. */
public sealed interface JournalEntry {
    /**
     * The far end pressed a key, which was taken for one press.
     *
     * @param digit 0-9, *, #, A-D
     * @param durationMillis how long it was held, as far as that is known
     * @param source how it came
     */
    record DigitAcknowledged(char digit, int durationMillis, DigitSource source) implements JournalEntry {}

    /**
     * A clip came to its end or was stopped.
     *
     * @param millis how much of it was sent
     * @param whole whether that was all of it
     */
    record PromptFinished(long millis, boolean whole) implements JournalEntry {}

    /**
     * A step of a flow that took keys, or had something heard, is done.
     *
     * @param stepId what the step is called by in its flow
     * @param digits the keys that it took; empty where there were none
     */
    record StepDone(String stepId, String digits) implements JournalEntry {}

    /**
     * The call is answered, or the far end is reached elsewhere from now on: what to end it with, should this process not live to do so. Takes
     * the place of the one before.
     */
    record DialogHeld(StoredDialog dialog) implements JournalEntry {}

    /** The dialog is over: it needs no end any more. */
    record DialogOver() implements JournalEntry {}
}
