package dev.outdial.testbed.sdp;

/**
 * One payload format of an audio stream.
 *
 * @param payloadType 0 to 127
 * @param encodingName such as {@code PCMU}; empty when it is neither mapped nor static
 * @param clockRateHertz the RTP clock; 0 when unknown
 * @param parameters the fmtp value; empty for none
 */
public record AudioFormat(int payloadType, String encodingName, int clockRateHertz, String parameters) {
    /** PCMU as RFC 3551 numbers it. */
    public static final AudioFormat PCMU = new AudioFormat(0, "PCMU", 8000, "");
    /** PCMA as RFC 3551 numbers it. */
    public static final AudioFormat PCMA = new AudioFormat(8, "PCMA", 8000, "");

    /** Telephone-events 0 to 15 under that payload type. */
    public static AudioFormat telephoneEvent(int payloadType) {
        return new AudioFormat(payloadType, "telephone-event", 8000, "0-15");
    }

    /** Whether this is that encoding at 8 kHz. */
    public boolean is(String name) {
        return clockRateHertz == 8000 && encodingName.equalsIgnoreCase(name);
    }
}
