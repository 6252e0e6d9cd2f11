package dev.outdial.dialer.flow;

import dev.outdial.dialer.gather.GatherRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What has to do with keys, the far end's and ours. */
public sealed interface KeyAction extends FlowAction {
    /**
     * Waits for keys, which are then in {@link Variables#DIGITS}; the one that was pressed last before is there already. The time runs from
     * the beginning and does not start anew with a key.
     *
     * @param duration how long in all
     * @param length how many keys are enough; as many as are pressed where empty
     * @param keys any of these ends it; none where empty
     * @param includeKey whether the key that ended it is kept too
     */
    record DigitsReceive(Duration duration, OptionalInt length, String keys, boolean includeKey) implements KeyAction {}

    /**
     * Gathers keys, after a prompt if there is one: each key has its own time. They are in {@link Variables#DIGITS} then, and why it ended
     * is in {@link Variables#GATHER_REASON}.
     *
     * @param prompt what is heard before and while keys are pressed
     */
    record Gather(GatherRequest request, Optional<SoundAction> prompt) implements KeyAction {}

    /** Presses keys: 0-9, *, #, A-D. */
    record DigitsSend(String digits, Duration tone, Duration pause) implements KeyAction {}

    /**
     * Takes the far end's number on the do-not-call list when it presses a key; {@link Variables#OPTED_OUT} says whether it did.
     *
     * @param key which
     * @param prompt what is heard before and while the key is waited for
     * @param duration how long it is waited for after that
     * @param confirmation what is heard when it was pressed
     * @param targetId where it goes on when it was pressed; with the next step where empty
     */
    record OptOut(
            char key,
            Optional<SoundAction> prompt,
            Duration duration,
            Optional<SoundAction> confirmation,
            Optional<String> targetId)
            implements KeyAction {}
}
