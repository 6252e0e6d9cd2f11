package dev.outdial.dialer.event;

import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineEvidence;
import dev.outdial.dialer.detect.ToneKind;
import dev.outdial.dialer.detect.WhoAnswered;
import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.gather.Gathered;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.record.RecordingResult;
import java.nio.file.Path;
import java.time.Instant;

/** What a listener hears of one call, in order; {@link Ended} comes once and last. */
public sealed interface CallEvent {
    /** The INVITE was handed to the wire. */
    record Sent() implements CallEvent {}

    /**
     * The far end rings. Reported once, and once more where early media begins.
     *
     * @param status 180 to 183
     * @param earlyMedia whether the response brought a session description
     */
    record Ringing(int status, boolean earlyMedia) implements CallEvent {}

    /**
     * The far end picked up.
     *
     * @param codec the codec agreed on, PCMU, PCMA, L16, G722 or OPUS
     * @param encrypted whether the sound goes encrypted, both ways
     */
    record Answered(String codec, boolean encrypted) implements CallEvent {}

    /**
     * The far end pressed a key.
     *
     * @param digit 0-9, *, #, A-D
     * @param durationMillis how long it was held, as far as that is known
     * @param source how it came
     */
    record DigitPressed(char digit, int durationMillis, DigitSource source) implements CallEvent {}

    /**
     * A tone of the network or of a machine was heard; only where tones are listened for.
     *
     * @param kind what it says
     * @param frequencyHz of a beep, 0 of the others
     * @param durationMillis how long it was heard until it was told of, pauses included; a tone of the network may go on
     * @param early whether that was before the answer
     */
    record ToneHeard(ToneKind kind, double frequencyHz, long durationMillis, boolean early) implements CallEvent {}

    /**
     * A clip came to its end or was stopped.
     *
     * @param millis how much of it was sent
     * @param whole whether that was all of it
     */
    record Played(long millis, boolean whole) implements CallEvent {}

    /**
     * The recording could not be written, or not all of it: then silence is in the place of what is missing. The call goes on.
     *
     * @param why one sentence
     */
    record RecordingFailed(String why) implements CallEvent {}

    /**
     * A recording is over, and its file closed.
     *
     * @param file where it is
     * @param result why it ended, and what is in it
     */
    record RecordingEnded(Path file, RecordingResult result) implements CallEvent {}

    /**
     * The far end put us on hold, so that it hears nothing, or took us off it.
     *
     * @param held whether we are on hold now
     */
    record HeldByFarEnd(boolean held) implements CallEvent {}

    /**
     * How a transfer that we asked for goes.
     *
     * @param status 202 when the far end took it on, then what it reports of its own call, 100 to 699; or what refused it
     * @param reason the words beside it
     * @param last whether no other comes
     */
    record Transferring(int status, String reason, boolean last) implements CallEvent {}

    /**
     * An attempt came to nothing, and the call goes on as another: over a further trunk, or redirected.
     *
     * @param callId the Call-ID that its SIP messages bear from now on
     * @param failed how the attempt ended
     */
    record Detour(String callId, CallOutcome failed) implements CallEvent {}

    /**
     * An attempt came to nothing, and the call waits to go on as another.
     *
     * @param when the next attempt begins
     * @param attempt its number, which the request counts from 1
     * @param callId the Call-ID that its SIP messages will bear
     * @param failed how the attempt before ended
     */
    record Retrying(Instant when, int attempt, String callId, CallOutcome failed) implements CallEvent {}

    /**
     * It is known who answered. Told once, where it was asked for; before the answer where early media shows it.
     *
     * @param evidence the timings that it was decided by
     */
    record MachineDetected(WhoAnswered verdict, MachineEvidence evidence) implements CallEvent {}

    /**
     * The greeting of the machine that answered is over: who leaves a message speaks now.
     *
     * @param beepMillis how long the beep was, 0 where there was none
     */
    record GreetingEnded(GreetingEnd how, long beepMillis) implements CallEvent {}

    /**
     * A gathering of keys is over; where the call's end is why, that is told after it.
     *
     * @param result what was pressed, and why it ended
     */
    record GatherEnded(Gathered result) implements CallEvent {}

    /** The call is over. */
    record Ended(CallOutcome outcome) implements CallEvent {}
}
