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

    private static final int SAMPLES_PER_MILLI = 8;
    /** A longer event goes on in a second one that begins where the first ends (RFC 4733 section 2.5.1.3). */
    private static final int MAX_DURATION = 0xFFFF;
    /** Some begin the second segment earlier, where whole packets end; none after less than 7.5 s. */
    private static final int MIN_SEGMENT = 60_000;
    /** So much of a segment's end may be lost, in samples, for the next one still to continue it. */
    private static final int MAX_UNHEARD = 1200;
    /** A packet that is older than the newest key by more than this is not late: the far end's clock was set anew. */
    private static final long MAX_LATE_SAMPLES = 80_000;

    private final Listener listener;
    private final SequenceUnwrapper timestamps = SequenceUnwrapper.ofTimestamps();
    private boolean started;
    private int ssrc;

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
     * Takes the payload of a telephone-event packet.
     *
     * @return false where it is none, or no key
     */
    public boolean put(int packetSsrc, int packetTimestamp, ByteBuffer payload, int offset, int length, long nowNanos) {
        if (length < TelephoneEventSender.PAYLOAD_BYTES) return false;
        int code = payload.get(offset) & 0xFF;
        if (!Digits.isKey(code)) return false;
        boolean end = (payload.get(offset + 1) & 0x80) != 0;
        int duration = payload.getShort(offset + 2) & 0xFFFF;
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
            if (ahead < -MAX_LATE_SAMPLES) {
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
        return ahead == MAX_DURATION || (ahead >= MIN_SEGMENT && ahead - segmentDuration <= MAX_UNHEARD);
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
        listener.released(Digits.ofEvent(event), (durationBefore + segmentDuration) / SAMPLES_PER_MILLI);
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
