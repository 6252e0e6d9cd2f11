package dev.outdial.media.dtmf;

import java.nio.ByteBuffer;

/**
 * Presses one key at a time, a packet each packet time (RFC 4733 section 2.5.1). <b>Threading:</b> one owner.
 *
 * <pre>
 *   tick  marker  timestamp  duration  end
 *      1       1       8000       160    0     pressed
 *      2       0       8000       320    0
 *      .       .          .         .    .
 *      8       0       8000      1280    1     released: the end goes out three times
 *      9       0       8000      1280    1
 *     10       0       8000      1280    1
 *  11,12                                       the rest of the pause: audio again
 * </pre>
 */
public final class TelephoneEventSender {
    /** Bytes of an event's payload. */
    public static final int PAYLOAD_BYTES = 4;

    private static final int VOLUME = 10;
    private static final int END_PACKETS = 3;
    private static final int MAX_DURATION = 0xFFFF;

    /** What a packet time carries. */
    public enum Output {
        /** No key: audio. */
        NONE,
        /** An event packet. */
        EVENT,
        /** The pause after a key: silence. */
        PAUSE
    }

    private int event;
    private int timestamp;
    private int samplesPerTick;
    private int toneTicks;
    private int lastTick;
    private int tick;

    /**
     * Presses a key, the first packet with the next tick.
     *
     * @param rtpTimestamp of that packet time: it stands for the whole event
     * @param ptimeMillis length of a packet time; the key and the pause are rounded up to whole ones
     * @throws IllegalStateException while another key is pressed
     */
    public void press(char digit, int rtpTimestamp, int ptimeMillis, int toneMillis, int pauseMillis) {
        if (isBusy()) throw new IllegalStateException("a key is being sent");
        event = Digits.eventOf(digit);
        timestamp = rtpTimestamp;
        samplesPerTick = ptimeMillis * 8;
        toneTicks = Math.ceilDiv(toneMillis, ptimeMillis);
        if (toneTicks < 1 || toneTicks * samplesPerTick > MAX_DURATION)
            throw new IllegalArgumentException("key of " + toneMillis + " ms");
        // The pause is never shorter than the repeated end packets.
        lastTick = toneTicks + Math.max(END_PACKETS - 1, Math.ceilDiv(pauseMillis, ptimeMillis));
        tick = 0;
    }

    /** Whether a key, or the pause after it, is under way. */
    public boolean isBusy() {
        return tick < lastTick;
    }

    /** Sends nothing more of the key: the far end hears its end by silence. */
    public void abandon() {
        tick = lastTick;
    }

    /** Moves on by one packet time and says what it carries. */
    public Output tick() {
        if (!isBusy()) return Output.NONE;
        tick++;
        return tick < toneTicks + END_PACKETS ? Output.EVENT : Output.PAUSE;
    }

    /** Whether this tick's packet carries the marker bit: the first of a key. */
    public boolean marker() {
        return tick == 1;
    }

    /** The timestamp of all of the key's packets. */
    public int timestamp() {
        return timestamp;
    }

    /** Writes this tick's payload. */
    public void writePayload(ByteBuffer target) {
        boolean end = tick >= toneTicks;
        target.put((byte) event);
        target.put((byte) ((end ? 0x80 : 0) | VOLUME));
        target.putShort((short) (Math.min(tick, toneTicks) * samplesPerTick));
    }
}
