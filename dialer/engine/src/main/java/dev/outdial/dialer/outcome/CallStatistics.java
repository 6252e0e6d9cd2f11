package dev.outdial.dialer.outcome;

/**
 * What went over the media wire of one call so far.
 *
 * @param sent RTP packets sent
 * @param received RTP packets received from the far end
 * @param lost packets that the far end sent and that did not arrive (RFC 3550 A.3), never negative
 * @param jitterMillis interarrival jitter (RFC 3550 A.8)
 * @param lateTicks how often a packet left over a tick (20 ms) late
 */
public record CallStatistics(long sent, long received, long lost, double jitterMillis, long lateTicks) {
    /** A call without media. */
    public static final CallStatistics NONE = new CallStatistics(0, 0, 0, 0, 0);
}
