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
 *      8       0       8000      1280    1     released: the end goes out three times (2.5.1.4)
 *      9       0       8000      1280    1
 *     10       0       8000      1280    1
 *  11,12                                       the rest of the pause: audio again
 * </pre>
 *
 * A key longer than the duration's 16 bits is told in segments, each of which begins where the one before ends (2.5.1.3):
 *
 * <pre>
 *   tick  marker  timestamp  duration  end
 *    409       0       8000     65440    0
 *    410       0       8000     65535    0     the segment is full: its last packet goes out three times as well
 *    411       0       8000     65535    0
 *    412       0       8000     65535    0
 *    413       0      73535       545    0     the next one: 413 packets of 160 are 65535 + 545
 * </pre>
 */
public final class TelephoneEventSender {
    /** Bytes of an event's payload. */
    public static final int PAYLOAD_BYTES = 4;

    private static final int USUAL_CLOCK_RATE = 8000;
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
    private int toneUnits;
    private int pauseUnits;
    private boolean busy;
    /** Clock units since the key was pressed, this packet time's included. */
    private int elapsed;
    /** Clock units that the key was down, whole packet times; 0 while it is. */
    private int heldFor;
    /** Clock units from the press to the beginning of this segment, whose timestamp stands. */
    private int segmentStart;

    private int timestamp;
    private int duration;
    private boolean marker;
    private boolean end;
    /** How often the last packet is to be sent again. */
    private int repeats;

    /**
     * Presses a key, the first packet with the next tick.
     *
     * @param rtpTimestamp of that packet time: it stands for the whole event
     * @param clockRate the units a second in which the event and {@link #tick} count
     * @param toneMillis how long the key is down; rounded up to whole packet times, as the pause is
     * @param pauseMillis how long after that the next may be pressed; never less than the repeated end packets take
     * @throws IllegalStateException while another key is pressed
     * @throws IllegalArgumentException for what is no key, and for times that {@link Digits#checkTimes} refuses
     */
    public void press(char digit, int rtpTimestamp, int clockRate, int toneMillis, int pauseMillis) {
        if (busy) throw new IllegalStateException("a key is being sent");
        Digits.checkTimes(toneMillis, pauseMillis);
        event = Digits.eventOf(digit);
        toneUnits = toneMillis * (clockRate / 1000);
        pauseUnits = pauseMillis * (clockRate / 1000);
        busy = true;
        elapsed = 0;
        heldFor = 0;
        segmentStart = 0;
        timestamp = rtpTimestamp;
        duration = 0;
        end = false;
        repeats = 0;
    }

    /** The same with a clock of 8,000 Hz. */
    public void press(char digit, int rtpTimestamp, int toneMillis, int pauseMillis) {
        press(digit, rtpTimestamp, USUAL_CLOCK_RATE, toneMillis, pauseMillis);
    }

    /** Whether a key, or the pause after it, is under way. */
    public boolean isBusy() {
        return busy;
    }

    /** Whether some packet of the key is still to come. */
    public boolean isDown() {
        return busy && (!end || repeats > 0);
    }

    /** Sends nothing more of the key: the far end hears its end by silence. */
    public void abandon() {
        busy = false;
    }

    /**
     * Moves on by one packet time and says what it carries.
     *
     * @param clockUnits length of the packet time; it may change between ticks
     */
    public Output tick(int clockUnits) {
        if (!busy) return Output.NONE;
        marker = elapsed == 0;
        elapsed += clockUnits;
        if (heldFor == 0 && elapsed >= toneUnits) heldFor = elapsed;
        boolean pause = !isDown();
        if (repeats > 0) repeats--;
        else if (!end) measure();
        busy = isDown() || elapsed < heldFor + pauseUnits;
        return pause ? Output.PAUSE : Output.EVENT;
    }

    /** Decides what this packet says of the key. */
    private void measure() {
        if (duration == MAX_DURATION) {
            segmentStart += MAX_DURATION;
            timestamp += MAX_DURATION;
        }
        int held = (heldFor > 0 ? heldFor : elapsed) - segmentStart;
        duration = Math.min(held, MAX_DURATION);
        end = heldFor > 0 && held <= MAX_DURATION;
        if (end || held > MAX_DURATION) repeats = END_PACKETS - 1;
    }

    /** Whether this tick's packet carries the marker bit: the first of a key. */
    public boolean marker() {
        return marker;
    }

    /** The timestamp of this tick's packet: that of the key, or of the segment of a long one. */
    public int timestamp() {
        return timestamp;
    }

    /** Writes this tick's payload. */
    public void writePayload(ByteBuffer target) {
        target.put((byte) event);
        target.put((byte) ((end ? 0x80 : 0) | VOLUME));
        target.put((byte) (duration >> 8)).put((byte) duration);
    }
}
