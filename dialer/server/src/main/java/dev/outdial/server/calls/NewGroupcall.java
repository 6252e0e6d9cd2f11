package dev.outdial.server.calls;

import java.util.List;

/**
 * Several calls that belong together.
 *
 * @param calls at least one, alike but for whom they are to
 */
public record NewGroupcall(List<NewCall> calls, RingMethod ringMethod, AnswerMethod answerMethod, String tag) {
    /** Copies the calls. */
    public NewGroupcall {
        calls = List.copyOf(calls);
    }

    /** In which order they are dialled. */
    public enum RingMethod {
        /** All at once. */
        RING_ALL,
        /** The next where the one before came to nothing. */
        LINEAR
    }

    /** What becomes of the others once one is answered. */
    public enum AnswerMethod {
        /** They are hung up. */
        HANGUP_OTHERS,
        /** Nothing: each that is answered goes its way. */
        KEEP
    }
}
