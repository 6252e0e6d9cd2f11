package dev.outdial.media;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a session sent and received.
 *
 * @param sent RTP packets sent
 * @param unsent RTP and RTCP packets that the system would not take: nobody there, no route, forbidden
 * @param received RTP packets received from the far end, duplicates not counted
 * @param lost packets that were expected by their sequence numbers and never came (RFC 3550 A.3, never negative)
 * @param duplicated packets that came again
 * @param outOfOrder packets that came after a later one
 * @param jitterMillis interarrival jitter (RFC 3550 A.8); the loop reads its sockets once a packet time, finer it cannot
 *     see
 * @param lateTicks packets that could not be sent in their time because the loop was held up for a packet time or
 *     more; the sound goes on where it stopped, without a burst
 * @param discarded datagrams that were no RTP, from a stranger's address or of a payload type nobody agreed to
 * @param longestGapMillis the longest time between two received packets
 * @param remoteLost packets of ours that the far end says it misses; empty where it sent no report
 * @param remoteJitterMillis the jitter that the far end reports
 * @param roundTripMillis from the far end's last report
 */
public record MediaStatistics(
        long sent,
        long unsent,
        long received,
        long lost,
        long duplicated,
        long outOfOrder,
        double jitterMillis,
        long lateTicks,
        long discarded,
        long longestGapMillis,
        OptionalLong remoteLost,
        OptionalDouble remoteJitterMillis,
        OptionalDouble roundTripMillis) {

    static final MediaStatistics NONE = new MediaStatistics(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, OptionalLong.empty(), OptionalDouble.empty(), OptionalDouble.empty());
}
