package dev.outdial.media.rtp;

import dev.outdial.media.codec.AudioCodec;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The sending end of one RTP stream: writes headers and counts. SSRC, sequence number and timestamp start at random (RFC 3550
 * section 5.1) and run on through everything that is sent. <b>Threading:</b> one owner.
 */
public final class RtpSender {
    private final int ssrc;
    private int sequenceNumber;
    private int timestamp;
    private int clockRate = AudioCodec.CLOCK_RATE;
    private long packets;
    private long payloadBytes;

    public RtpSender(RandomGenerator random) {
        this.ssrc = random.nextInt();
        // The lower half: who misses the first packets of an encrypted stream still counts its rollovers right (RFC
        // 3711
        // section 3.3.1).
        this.sequenceNumber = random.nextInt() & 0x7FFF;
        this.timestamp = random.nextInt();
    }

    /** Our synchronization source. */
    public int ssrc() {
        return ssrc;
    }

    /** From now on the timestamp counts so many units a second; it runs on from where it is (RFC 7160 section 4). */
    public void clockRate(int unitsPerSecond) {
        clockRate = unitsPerSecond;
    }

    /** The timestamp's units a second. */
    public int clockRate() {
        return clockRate;
    }

    /** The timestamp of the packet that is due now. */
    public int timestamp() {
        return timestamp;
    }

    /** Packets written. */
    public long packets() {
        return packets;
    }

    /** Bytes of payload written, as a sender report counts them. */
    public long payloadBytes() {
        return payloadBytes;
    }

    /** Moves on to the next packet time, whether or not something was sent in this one. */
    public void advance(int clockUnits) {
        timestamp += clockUnits;
    }

    /**
     * Writes the header of the next packet; the payload is put behind it.
     *
     * @param packetTimestamp {@link #timestamp}, or for a telephone-event that of its beginning
     */
    public void writeHeader(
            ByteBuffer target, int payloadType, boolean marker, int packetTimestamp, int payloadLength) {
        target.putShort((short) (0x8000 | (marker ? 0x80 : 0) | payloadType));
        target.putShort((short) sequenceNumber);
        target.putInt(packetTimestamp);
        target.putInt(ssrc);
        sequenceNumber = sequenceNumber + 1 & 0xFFFF;
        packets++;
        payloadBytes += payloadLength;
    }
}
