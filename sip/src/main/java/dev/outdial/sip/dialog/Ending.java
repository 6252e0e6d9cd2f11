package dev.outdial.sip.dialog;

import dev.outdial.sip.event.SessionEnd;

/** How far the end of a dialog has come. */
sealed interface Ending {
    /** The session goes on. */
    record Going() implements Ending {}

    /**
     * Our BYE is out; its response is awaited.
     *
     * @param giveUpAtNanos when the end is told without one, however often the BYE was challenged
     */
    record Closing(SessionEnd end, Sent bye, long giveUpAtNanos) implements Ending {}

    /** The end was told. Late messages are still answered. */
    record Over(long forgetAtNanos) implements Ending {}

    /** Nothing is answered any more. */
    record Forgotten() implements Ending {}
}
