package dev.outdial.dialer.outcome;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What went over the media wire of one call so far.
 *
 * @param sent RTP packets sent
 * @param received RTP packets received from the far end
 * @param lost packets that the far end sent and that did not arrive (RFC 3550 A.3), never negative
 * @param jitterMillis interarrival jitter (RFC 3550 A.8)
 * @param lateTicks packet times that our side missed: nothing was sent in them, and the sound went on where it had stopped
 * @param longestGapMillis the longest time between two received packets
 * @param concealedMillis sound that was lost or came too late to be played; it was made up where somebody listened, as the search
 *     for keys in the sound does
 * @param strangers datagrams from others than the far end; none of them was heard or answered
 * @param rejected encrypted packets that were not made with the far end's key, came again or were damaged
 * @param unreachable how often the network said that nobody listens at the far end's port
 * @param mos how good the received sound was, as a mean opinion score of 1.0 to 4.5 (E-model); empty where nothing was received
 * @param remoteLost packets of ours that the far end misses; empty where it sends no reports
 * @param roundTripMillis there and back; empty where the far end sends no reports
 * @param levelDbov how loud the sound of the last second was, -127 to 0; empty where none came, or a codec other than PCMU and PCMA is
 *     spoken
 */
public record CallStatistics(
        long sent,
        long received,
        long lost,
        double jitterMillis,
        long lateTicks,
        long longestGapMillis,
        long concealedMillis,
        long strangers,
        long rejected,
        long unreachable,
        OptionalDouble mos,
        OptionalLong remoteLost,
        OptionalDouble roundTripMillis,
        OptionalDouble levelDbov) {
    /** A call without media. */
    public static final CallStatistics NONE = new CallStatistics(
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            OptionalDouble.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
}
