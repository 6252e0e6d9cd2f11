package dev.outdial.dialer.digits;

/** How a key came, the better source first. */
public enum DigitSource {
    /** In telephone-event packets (RFC 4733). */
    TELEPHONE_EVENT,
    /** In the body of a SIP INFO. */
    INFO,
    /** As two tones in the sound: listened for only where no telephone-events were agreed on, so that no key comes twice. */
    IN_BAND
}
