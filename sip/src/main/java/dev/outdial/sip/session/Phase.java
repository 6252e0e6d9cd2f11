package dev.outdial.sip.session;

import dev.outdial.sip.event.SessionEnd;
import java.util.OptionalInt;

/** How far a session has come. Each record holds exactly what is true in it; times are of the caller's monotonic clock. */
sealed interface Phase {
    /** The INVITE waits to be sent: it can still be taken back, and then nobody was called. */
    record Queued(long giveUpAtNanos) implements Phase {}

    /** The INVITE is out; nothing was heard of it. */
    record Calling(long giveUpAtNanos) implements Phase {}

    /**
     * A provisional response was heard.
     *
     * @param beyondTrying one other than 100: somebody may be hearing the phone ring
     */
    record Proceeding(boolean beyondTrying) implements Phase {}

    /** The INVITE crossed one of the far end's (491): it is sent again in a while. */
    record BackingOff(Extensions next, long untilNanos) implements Phase {}

    /** The user hung up; the CANCEL waits for a provisional response. */
    record CancelHeld(OptionalInt q850, long giveUpAtNanos) implements Phase {}

    /** The CANCEL is out; the final response to the INVITE is awaited. */
    record Cancelling(OptionalInt q850, long giveUpAtNanos) implements Phase {}

    /** Answered: all that happens within the dialog with that tag is told. */
    record Established(String remoteTag) implements Phase {}

    /** A 2xx came too late: once its dialog is over, that end is told. */
    record Closing(String remoteTag, SessionEnd end) implements Phase {}

    /** The end was told. Late 200s are still acknowledged and ended. */
    record Over(long forgetAtNanos) implements Phase {}
}
