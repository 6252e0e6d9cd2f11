package dev.outdial.media.sdp;

import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.Negotiation.Declined;
import dev.outdial.media.sdp.OfferAnswer.Judged;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the legs of a call of ours, which somebody on the way may have forked, said of the sound before the
 * answer: each has terms of its own (RFC 3261 section 12.2.2.4), and those of the one that answers hold.
 * Mutable, with one owner.
 */
public final class EarlyLegs {
    /** A proxy that forks without end is not followed. */
    private static final int MOST = 32;

    private final Map<String, Leg> legs = new HashMap<>();

    /**
     * @param changed whether an offer of its own was answered, after which its answers to ours say nothing
     * new
     */
    private record Leg(OfferAnswer side, Agreed terms, boolean changed) {}

    /** No leg has said anything. */
    public EarlyLegs() {}

    /**
     * Judges a description in a provisional response of a leg. The latest that is agreeable counts, until
     * {@link #offered}.
     *
     * @param ours the side that made the offer
     */
    public Negotiation described(OfferAnswer ours, String leg, byte[] sdp) {
        Leg known = legs.get(leg);
        if (known != null && known.changed()) return known.terms();
        Judged judged = ours.answered(sdp);
        if (judged.negotiation() instanceof Agreed terms && (known != null || legs.size() < MOST)) {
            legs.put(leg, new Leg(judged.next(), terms, false));
        }
        return judged.negotiation();
    }

    /** Answers an offer of a leg that has answered ours (UPDATE, RFC 3311). */
    public Answering offered(String leg, byte[] sdp, Direction wish) {
        Leg known = legs.get(leg);
        if (known == null) return new Answering.Refused("our own offer is not answered yet");
        Answering answering = known.side().answer(sdp, wish);
        if (answering instanceof Answering.Answered answered) {
            legs.put(leg, new Leg(answered.next(), answered.terms(), true));
        }
        return answering;
    }

    /**
     * What the answer of a leg comes to: what its 2xx says, or where that says nothing what the leg said
     * before (RFC 3261 section 13.2.1).
     *
     * @param ours the side that made the offer
     */
    public Judged answered(OfferAnswer ours, String leg, Optional<byte[]> sdp) {
        Leg known = legs.get(leg);
        if (known != null && known.changed()) return new Judged(known.side(), known.terms());
        if (sdp.isPresent()) return ours.answered(sdp.get());
        // Somebody of old, whose provisional responses name no leg.
        if (known == null) known = legs.get("");
        return known == null
                ? new Judged(ours, new Declined("the answer has no session description"))
                : new Judged(known.side(), known.terms());
    }
}
