package dev.outdial.testbed.rtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The payload of a telephone-event packet (RFC 4733 2.3).
 *
 * @param event 0 to 255; 0 to 15 are the keys
 * @param end whether the key was released
 * @param volume 0 to 63, in -dBm0
 * @param duration in timestamp units, 0 to 65535
 */
public record TelephoneEvent(int event, boolean end, int volume, int duration) {
    private static final String KEYS = "0123456789*#ABCD";

    /** Checks the ranges. */
    public TelephoneEvent {
        if (event < 0 || event > 255) throw new IllegalArgumentException("event " + event);
        if (volume < 0 || volume > 63) throw new IllegalArgumentException("volume " + volume);
        if (duration < 0 || duration > 65_535) throw new IllegalArgumentException("duration " + duration);
    }

    /** Reads a payload, its first event only; empty when it is too short. */
    public static Optional<TelephoneEvent> parse(byte[] payload) {
        if (payload.length < 4) return Optional.empty();
        int duration = ((payload[2] & 0xFF) << 8) | (payload[3] & 0xFF);
        return Optional.of(new TelephoneEvent(payload[0] & 0xFF, payload[1] < 0, payload[1] & 0x3F, duration));
    }

    /** The payload. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(4)
                .put((byte) event)
                .put((byte) (volume | (end ? 0x80 : 0)))
                .putShort((short) duration)
                .array();
    }

    /** The key: 0 to 9, * , #, A to D; empty for an event that is no key. */
    public Optional<Character> digit() {
        return event < KEYS.length() ? Optional.of(KEYS.charAt(event)) : Optional.empty();
    }

    /**
     * The event number of a key.
     *
     * @throws IllegalArgumentException for a character that is no key
     */
    public static int eventOf(char digit) {
        int event = KEYS.indexOf(Character.toUpperCase(digit));
        if (event < 0) throw new IllegalArgumentException("no such key: " + digit);
        return event;
    }
}
