package dev.outdial.media;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a session sent and received.
 *
 * @param sent what left
 * @param received what came
 * @param remote what the far end's RTCP says of what we sent
 * @param mos the quality of what was received as the mean opinion score that the E-model (ITU-T G.107, simplified) expects,
 *     1.0 to 4.5; empty where nothing was received: unknown
 */
public record MediaStatistics(Sent sent, Received received, Remote remote, OptionalDouble mos) {

    /**
     * The sending side.
     *
     * @param packets RTP packets sent
     * @param unsent RTP and RTCP packets that the system would not take: no route, forbidden
     * @param unreachable how often the system said that nobody listens at the far end's port (ICMP); it says so only where
     *     nothing was heard for three seconds, and packets are sent all the same
     * @param lateTicks packets that could not be sent in their time because the loop was held up for a packet time or more;
     *     the sound goes on where it stopped, without a burst
     */
    public record Sent(long packets, long unsent, long unreachable, long lateTicks) {}

    /**
     * The receiving side.
     *
     * @param packets RTP packets received from the far end, duplicates not counted
     * @param lost packets that were expected by their sequence numbers and never came (RFC 3550 A.3, never negative)
     * @param duplicated packets that came again
     * @param outOfOrder packets that came after a later one
     * @param jitterMillis interarrival jitter (RFC 3550 A.8); the loop reads its sockets once a packet time, finer it cannot
     *     see
     * @param longestGapMillis the longest time between two received packets, whatever the reason: a pause in which the far end sends
     *     nothing, or a hold, counts like an outage
     * @param concealedMillis sound that did not come in time and was made up or left silent; no pauses, and of a gap no more than the
     *     packets that are missing by number would have held
     * @param sourceChanges how often the far end's SSRC changed, or its numbering began anew
     * @param strangers datagrams from another address than the negotiated one; where nobody at all was heard for three seconds
     *     the system keeps later ones away, uncounted
     * @param rejected encrypted packets that were not authentic, came again or could not be read; where keys were offered, also what
     *     came before the far end's first description
     * @param discarded datagrams from the far end that were no RTP, or of a payload type nobody agreed to
     * @param levelDbov how loud the sound of the last second or so was, -127 to 0; empty where none came, and for codecs whose sound
     *     would have to be decoded for that: it is known for PCMU and PCMA
     */
    public record Received(
            long packets,
            long lost,
            long duplicated,
            long outOfOrder,
            double jitterMillis,
            long longestGapMillis,
            long concealedMillis,
            long sourceChanges,
            long strangers,
            long rejected,
            long discarded,
            OptionalDouble levelDbov) {}

    /**
     * What the far end reports; each empty where it sent no report.
     *
     * @param lost packets of ours that it misses
     * @param jitterMillis the jitter that it sees
     * @param roundTripMillis there and back, from its last report
     */
    public record Remote(OptionalLong lost, OptionalDouble jitterMillis, OptionalDouble roundTripMillis) {}
}
