package dev.outdial.server.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A delivery of one event to one receiver.
 *
 * @param id of this delivery
 * @param callId empty where the event is of no call
 * @param stream deliveries of one stream go out one after the other, by {@code seq}: a receiver and a call
 * @param endpoint the receiver: what it is stored under, or, of a callback that a call brought along, a word made of where it goes
 * @param target JSON: where and how it is sent
 * @param body what is sent
 * @param tries how many were made
 * @param due when the next is made
 * @param lastError what the last try came to; empty for none
 */
public record OutboxRow(
        String id,
        String account,
        String eventId,
        String callId,
        String stream,
        long seq,
        String endpoint,
        String target,
        String body,
        State state,
        int tries,
        Instant due,
        Instant created,
        Optional<Instant> finished,
        String lastError) {

    /** Where a delivery stands. */
    public enum State {
        /** Tried as soon as it is due. */
        PENDING,
        /** Behind another of its stream. */
        WAITING,
        DELIVERED,
        /** Given up; it may be sent again by hand. */
        DEAD
    }

    /** One that is yet to be tried. */
    public static OutboxRow pending(
            String id,
            String account,
            String eventId,
            String callId,
            String stream,
            long seq,
            String endpoint,
            String target,
            String body,
            Instant now) {
        return new OutboxRow(
                id,
                account,
                eventId,
                callId,
                stream,
                seq,
                endpoint,
                target,
                body,
                State.PENDING,
                0,
                now,
                now,
                Optional.empty(),
                "");
    }
}
