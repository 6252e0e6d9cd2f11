package dev.outdial.sip.session;

import dev.outdial.sip.message.SipResponse;
import java.util.OptionalInt;

/** What an event means to a session without an answer, once repetitions, strays and other legs of a fork have been dealt with. */
sealed interface Turn {
    /** A provisional response to the current INVITE. */
    record Progress(SipResponse response) implements Turn {}

    /** The first 2xx to the current INVITE. */
    record Accepted(SipResponse response) implements Turn {}

    /** A final response of 300 or above to the current INVITE. */
    record Declined(SipResponse response) implements Turn {}

    /** No response at all to the current INVITE (timer B). */
    record Unanswered() implements Turn {}

    /** The current INVITE could not be sent. */
    record NotSent(String why) implements Turn {}

    /** The current INVITE was taken back before it left. */
    record TakenBack() implements Turn {}

    /** The user wants the session to end. */
    record HangUpWanted(OptionalInt q850) implements Turn {}

    /** The deadline of the phase has passed. */
    record DeadlinePassed() implements Turn {}
}
