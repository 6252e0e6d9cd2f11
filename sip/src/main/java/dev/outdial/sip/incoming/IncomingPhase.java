package dev.outdial.sip.incoming;

import dev.outdial.sip.dialog.DialogState;
import dev.outdial.sip.dialog.SessionTimer;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipAnswer;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a call to us stands. */
sealed interface IncomingPhase {
    /**
     * Nothing final was answered.
     *
     * @param inviteKey names the INVITE
     * @param provisionals what was said so far
     * @param offer what the far end offers meanwhile
     * @param held the answer to the INVITE, which waits for a PRACK
     * @param deadline when nobody waits any longer
     */
    record Ringing(
            long inviteKey,
            Provisionals provisionals,
            Optional<EarlyOffer> offer,
            Optional<MessageBody> held,
            Deadline deadline)
            implements IncomingPhase {
        Ringing saying(Provisionals next) {
            return new Ringing(inviteKey, next, offer, held, deadline);
        }

        Ringing offered(Optional<EarlyOffer> next) {
            return new Ringing(inviteKey, provisionals, next, held, deadline);
        }

        Ringing holding(MessageBody description) {
            return new Ringing(inviteKey, provisionals, offer, Optional.of(description), deadline);
        }

        long nextDeadlineNanos() {
            long next = Math.min(deadline.atNanos(), provisionals.nextDeadlineNanos());
            return offer.isPresent() ? Math.min(next, offer.get().giveUpAtNanos()) : next;
        }
    }

    /** A PRACK or UPDATE with an offer, which the user is to answer. */
    record EarlyOffer(long key, boolean refreshesTarget, long giveUpAtNanos) {}

    /**
     * Until when a call may go undecided.
     *
     * @param byTheCaller whether the caller said so (Expires, RFC 3261 section 20.19)
     */
    record Deadline(long atNanos, boolean byTheCaller) {}

    /**
     * Our 2xx waits for its ACK.
     *
     * @param inviteKey names the INVITE
     * @param answer the 2xx
     * @param ours our session description
     * @param repetition when it is said again
     * @param pending a reliable provisional response whose PRACK may still come
     * @param answeredByAck whether the 2xx carries our offer
     * @param timer what was agreed on refreshing the session
     * @param hangUp there when the user hung up: no BYE may leave before the ACK came (RFC 3261 section 15)
     */
    record Accepted(
            long inviteKey,
            SipAnswer answer,
            MessageBody ours,
            Repetition repetition,
            Optional<Provisionals.Unacknowledged> pending,
            boolean answeredByAck,
            Optional<SessionTimer.Terms> timer,
            Optional<HeldHangUp> hangUp)
            implements IncomingPhase {
        Accepted repeated(Repetition next) {
            return new Accepted(inviteKey, answer, ours, next, pending, answeredByAck, timer, hangUp);
        }

        Accepted hungUp(OptionalInt q850) {
            return new Accepted(
                    inviteKey,
                    answer,
                    ours,
                    repetition,
                    pending,
                    answeredByAck,
                    timer,
                    Optional.of(new HeldHangUp(q850)));
        }
    }

    record HeldHangUp(OptionalInt q850) {}

    /**
     * The dialog decides.
     *
     * @param answer the 2xx, for an INVITE that comes again
     * @param endsAs what its end is told as, where it never was a session
     */
    record Confirmed(DialogState dialog, SipAnswer answer, Optional<SessionEnd> endsAs) implements IncomingPhase {}

    /** Refused or canceled; the end was told. */
    record Over(SipAnswer answer, long forgetAtNanos) implements IncomingPhase {}
}
