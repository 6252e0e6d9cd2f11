package dev.outdial.testbed.counting;

/**
 * What counting callees counted.
 *
 * @param streams how many streams arrived
 * @param packets RTP packets that arrived
 * @param lost sequence numbers that never came, between the lowest and the highest of each stream
 * @param outOfOrder packets that came behind one with a higher sequence number, doubled ones too
 * @param strays datagrams on the RTP ports that were no RTP
 * @param whole how evenly packets arrived from first to last
 * @param steady the same while all calls were up: from the first packet of the stream that began last to the first end of a call
 * @param steadySeconds how long that was
 * @param longestReadMillis the longest that the reading thread was busy with what had arrived: how late a packet's time may have
 *     been taken by its own doing
 * @param sent RTP packets that the callees sent
 * @param skipped packets that they should have sent and did not, because their thread was held up for over a packet time
 * @param keysPressed keys that they pressed and released; one that is down when its call ends is none
 */
public record CountReport(
        int streams,
        long packets,
        long lost,
        long outOfOrder,
        long strays,
        Pacing whole,
        Pacing steady,
        double steadySeconds,
        double longestReadMillis,
        long sent,
        long skipped,
        long keysPressed) {}
