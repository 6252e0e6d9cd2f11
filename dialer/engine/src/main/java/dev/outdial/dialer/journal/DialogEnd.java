package dev.outdial.dialer.journal;

/** What became of a {@link StoredDialog} that was to be ended. */
public sealed interface DialogEnd {
    /**
     * The far end answered the BYE: whatever it says, it knows that the call is over (RFC 3261 section 15.1.1).
     *
     * @param sipCode 200 where it was in the call until now, 481 where it was not any more
     */
    record Answered(int sipCode) implements DialogEnd {}

    /**
     * It was not reached in time, or not at all.
     *
     * @param why one sentence
     */
    record NotAnswered(String why) implements DialogEnd {}

    /** The call goes on in this very dialer: nothing was sent. */
    record GoesOn() implements DialogEnd {}
}
