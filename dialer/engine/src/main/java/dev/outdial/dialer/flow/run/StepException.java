package dev.outdial.dialer.flow.run;

import java.io.Serial;

/** A step of a flow cannot do what it should; the message says why in one sentence. */
final class StepException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StepException(String why) {
        super(why);
    }

    StepException(String why, Throwable cause) {
        super(why, cause);
    }
}
