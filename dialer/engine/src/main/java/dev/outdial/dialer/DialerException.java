package dev.outdial.dialer;

/** Something that the user of the dialer can mend: one sentence that says what, where and what was expected. */
public final class DialerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DialerException(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    DialerException(String sentence) {
        super(sentence);
    }
}
