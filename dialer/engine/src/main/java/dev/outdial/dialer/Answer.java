package dev.outdial.dialer;

import dev.outdial.dialer.outcome.CallOutcome;

/** What dialling came to: picked up, or one of the ways in which it was not. */
public sealed interface Answer {
    /**
     * The far end picked up; the call can be spoken on.
     *
     * @param codec the codec agreed on: PCMU, PCMA, L16, G722 or OPUS
     * @param encrypted whether the sound goes encrypted, both ways
     */
    record Answered(String codec, boolean encrypted) implements Answer {}

    /** The callee was busy. */
    record Busy(CallOutcome outcome) implements Answer {}

    /** Nobody picked up. */
    record NoAnswer(CallOutcome outcome) implements Answer {}

    /** A person or a policy declined. */
    record Rejected(CallOutcome outcome) implements Answer {}

    /** We gave up before the answer. */
    record Canceled(CallOutcome outcome) implements Answer {}

    /** Anything else that kept the call from being answered, our own guard included. */
    record Failed(CallOutcome outcome) implements Answer {}

    /** The answer that an unanswered call's outcome stands for. */
    static Answer of(CallOutcome outcome) {
        return switch (outcome.kind()) {
            case BUSY -> new Busy(outcome);
            case NO_ANSWER -> new NoAnswer(outcome);
            case REJECTED -> new Rejected(outcome);
            case CANCELED -> new Canceled(outcome);
            case FAILED, REFUSED, UNKNOWN, COMPLETED -> new Failed(outcome);
        };
    }
}
