package dev.outdial.dialer.trunk;

/** How the keys that we press go to the far end. */
public enum KeyMethod {
    /** As telephone-events beside the sound (RFC 4733), or as tones in it where the far end takes no telephone-events. */
    RFC4733,
    /** In the bodies of SIP INFO, {@code application/dtmf-relay}: for far ends that listen to nothing else. */
    INFO
}
