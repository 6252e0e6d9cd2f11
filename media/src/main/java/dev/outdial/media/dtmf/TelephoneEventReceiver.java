package dev.outdial.media.dtmf;

import dev.outdial.media.rtp.SequenceUnwrapper;
import java.nio.ByteBuffer;

/**
 * Hears keys in telephone-event packets, each once, when it is released. A key is its source and timestamp (RFC 4733 section
 * 2.5.2.3): packets may be lost, doubled or late, the marker may be missing, and where all end packets are lost, silence or
 * the next key ends it. Deterministic: time comes in as an argument. <b>Threading:</b> one owner.
 */
public final class TelephoneEventReceiver {
    /** Told of each key. */
    public interface Listener {
        /** A key was released, after so many milliseconds as far as was heard. */
        void released(char digit, int durationMillis);
    }

    /** Packets of a pressed key come every 10 to 50 ms; after this long without one it was released. */
    static final long TIMEOUT_NANOS = 150_000_000;

    private static final int USUAL_CLOCK_RATE = 8000;
    /** A longer event goes on in a second one that begins where the first ends (RFC 4733 section 2.5.1.3). */
    private static final int MAX_DURATION = 0xFFFF;
    /** Some begin the second segment earlier, where whole packets end; none after less than this, 7.5 s at 8,000 Hz. */
    private static final int MIN_SEGMENT = 60_000;
    /** So much of a segment's end may be lost, in milliseconds, for the next one still to continue it. */
    private static final int MAX_UNHEARD_MILLIS = 150;
    /** A packet that is older than the newest key by more seconds than this is not late: the far end's clock was set anew. */
    private static final long MAX_LATE_SECONDS = 10;

    private final Listener listener;
    private final SequenceUnwrapper timestamps = SequenceUnwrapper.ofTimestamps();
    private boolean started;
    private int ssrc;
    private int clockRate = USUAL_CLOCK_RATE;

    private boolean pressed;
    private boolean endSeen;
    private int event;
    /** Where the newest event, or its newest segment, begins. */
    private long segment;

    private int segmentDuration;
    private int durationBefore;
    private long lastHeardNanos;

    public TelephoneEventReceiver(Listener listener) {
        this.listener = listener;
    }

    /**
     * Takes the payload of a telephone-event packet with a clock of 8,000 Hz.
     *
     * @return false where it is none, or no key
     */
    public boolean put(int packetSsrc, int packetTimestamp, ByteBuffer payload, int offset, int length, long nowNanos) {
        return put(packetSsrc, packetTimestamp, USUAL_CLOCK_RATE, payload, offset, length, nowNanos);
    }

    /**
     * Takes the payload of a telephone-event packet.
     *
     * @param packetClockRate the units a second in which it counts
     * @return false where it is none, or no key
     */
    public boolean put(
            int packetSsrc,
            int packetTimestamp,
            int packetClockRate,
            ByteBuffer payload,
            int offset,
            int length,
            long nowNanos) {
        if (length < TelephoneEventSender.PAYLOAD_BYTES) return false;
        int code = payload.get(offset) & 0xFF;
        if (!Digits.isKey(code)) return false;
        boolean end = (payload.get(offset + 1) & 0x80) != 0;
        int duration = payload.getShort(offset + 2) & 0xFFFF;
        if (packetClockRate != clockRate) {
            // Numbers of another clock cannot be compared with those before.
            release();
            started = false;
            clockRate = packetClockRate;
        }
        put(packetSsrc, packetTimestamp, code, end, duration, nowNanos);
        return true;
    }

    private void put(int packetSsrc, int packetTimestamp, int code, boolean end, int duration, long nowNanos) {
        if (!started || packetSsrc != ssrc) {
            release();
            started = true;
            ssrc = packetSsrc;
            timestamps.restart(packetTimestamp);
            press(code, timestamps.highest(), nowNanos);
        } else {
            long place = timestamps.peek(packetTimestamp);
            long ahead = place - segment;
            if (ahead < -MAX_LATE_SECONDS * clockRate) {
                release();
                timestamps.restart(packetTimestamp);
                press(code, timestamps.highest(), nowNanos);
            } else if (ahead < 0) {
                return;
            } else if (code == event && continues(ahead)) {
                // The same key, still down: its first segment was never ended. When it was reported already, it stays
                // so.
                durationBefore += (int) ahead;
                segment = timestamps.unwrap(packetTimestamp);
                segmentDuration = 0;
            } else if (ahead > 0) {
                release();
                press(code, timestamps.unwrap(packetTimestamp), nowNanos);
            }
        }
        segmentDuration = Math.max(segmentDuration, duration);
        lastHeardNanos = nowNanos;
        if (end) {
            endSeen = true;
            release();
        }
    }

    private boolean continues(long ahead) {
        if (endSeen || ahead > MAX_DURATION) return false;
        return ahead == MAX_DURATION
                || (ahead >= MIN_SEGMENT && ahead - segmentDuration <= MAX_UNHEARD_MILLIS * clockRate / 1000);
    }

    private void press(int code, long place, long nowNanos) {
        pressed = true;
        endSeen = false;
        event = code;
        segment = place;
        segmentDuration = 0;
        durationBefore = 0;
        lastHeardNanos = nowNanos;
    }

    private void release() {
        if (!pressed) return;
        pressed = false;
        listener.released(Digits.ofEvent(event), (durationBefore + segmentDuration) / (clockRate / 1000));
    }

    /** Lets time pass: a key that is not heard of any more was released. May be called late, early or twice. */
    public void wake(long nowNanos) {
        if (pressed && nowNanos - lastHeardNanos >= TIMEOUT_NANOS) release();
    }

    /** When {@link #wake} has something to do; {@link Long#MAX_VALUE} while no key is down. */
    public long nextDeadlineNanos() {
        return pressed ? lastHeardNanos + TIMEOUT_NANOS : Long.MAX_VALUE;
    }

    /** The stream is over: a key that is still down was released. */
    public void finish() {
        release();
    }
}
