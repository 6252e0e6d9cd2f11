package dev.outdial.sip;

/** Something outside of this program keeps SIP from working: a host that does not resolve, a port that is taken. The message is one sentence for a person. */
public final class SipException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that says what, where, and what was expected. */
    public SipException(String message) {
        super(message);
    }

    /** With a sentence and what lies beneath. */
    public SipException(String message, Throwable cause) {
        super(message, cause);
    }
}
