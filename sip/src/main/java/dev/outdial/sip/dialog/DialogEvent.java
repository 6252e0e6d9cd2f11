package dev.outdial.sip.dialog;

import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipRequest;
import dev.outdial.sip.message.SipResponse;
import dev.outdial.sip.message.TransactionId;
import java.util.Optional;
import java.util.OptionalInt;

/** What can happen to a {@link DialogMachine}. */
public sealed interface DialogEvent {
    /**
     * A request of the dialog came (its tags are those of the dialog).
     *
     * @param key names it in the actions that answer it
     */
    record Requested(long key, SipRequest request) implements DialogEvent {}

    /** A response came, perhaps late, perhaps again. */
    record Responded(SipResponse response) implements DialogEvent {}

    /** Timer B or F: a request of ours found no answer. */
    record TimedOut(TransactionId transaction) implements DialogEvent {}

    /** A request of ours could not be sent. */
    record Failed(TransactionId transaction, String why) implements DialogEvent {}

    /** The user wants the session to end. */
    record HangUp(OptionalInt q850) implements DialogEvent {}

    /** The user offers to change the session. */
    record OfferAgain(MessageBody offer) implements DialogEvent {}

    /** The user accepts what the far end offered, with an answer, or with an offer where it asked for one. */
    record Accept(MessageBody description) implements DialogEvent {}

    /** The user refuses what the far end offered; 300-699. */
    record Refuse(int status) implements DialogEvent {
        /** Checks the range. */
        public Refuse {
            if (status < 300 || status > 699)
                throw new IllegalArgumentException("an offer is not refused by " + status);
        }
    }

    /** The user sends an INFO. */
    record SendInfo(MessageBody body) implements DialogEvent {}

    /**
     * The user asks the far end to call somebody else (RFC 3515).
     *
     * @param target the URI that it is to call
     * @param replaces the call there that is to be replaced: the value of a Replaces header (RFC 3891), unescaped
     */
    record Refer(String target, Optional<String> replaces) implements DialogEvent {
        /** Refuses what is no URI. */
        public Refer {
            ReferTo.check(target);
        }
    }

    /** A deadline may have passed. */
    record Woken() implements DialogEvent {}
}
