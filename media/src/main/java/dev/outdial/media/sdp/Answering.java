package dev.outdial.media.sdp;

import dev.outdial.media.sdp.Negotiation.Agreed;

/** What came of an offer of the far end's. */
public sealed interface Answering {

    /**
     * It is answered.
     *
     * @param next our side from now on, whose {@link OfferAnswer#sdp} is the answer
     * @param terms what was agreed
     */
    record Answered(OfferAnswer next, Agreed terms) implements Answering {
        /** The answer. */
        public byte[] sdp() {
            return next.sdp();
        }
    }

    /**
     * It cannot be taken (488 Not Acceptable Here); what held before holds on.
     *
     * @param why one sentence for a person
     */
    record Refused(String why) implements Answering {}
}
