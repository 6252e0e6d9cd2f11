package dev.outdial.media;

import dev.outdial.media.sdp.Negotiation.Agreed;

/** What waits to be sent, one after another. */
sealed interface OutgoingItem permits OutgoingClip, OutgoingKeys {
    /** Whether there is nothing left of it that can be sent on these terms. */
    boolean isDone(Agreed terms);

    /** How far it came. */
    MediaEvent report();
}
