package dev.outdial.sip.dialog;

import dev.outdial.sip.event.SessionEnd;

/** How far the end of a dialog has come. */
sealed interface Ending {
    /** The session goes on. */
    record Going() implements Ending {}

    /** Our BYE is out; its response is awaited. */
    record Closing(SessionEnd end, Sent bye) implements Ending {}

    /** The end was told. Late messages are still answered. */
    record Over(long forgetAtNanos) implements Ending {}

    /** Nothing is answered any more. */
    record Forgotten() implements Ending {}
}
