package dev.outdial.testbed.junit;

import dev.outdial.testbed.prompts.Prompt;
import dev.outdial.testbed.report.CallReport;
import dev.outdial.testbed.report.Ladder;
import dev.outdial.testbed.trunk.MediaReport;
import dev.outdial.testbed.trunk.TrunkCall;
import dev.outdial.testbed.uas.CallEnd;
import java.util.Arrays;
import java.util.List;

/**
 * What one callee heard and did, to be asserted; each method throws an {@link AssertionError} with a report of the call where it is not
 * so. Immutable.
 */
public final class CalleeHeard {
    private final TrunkCall call;

    CalleeHeard(TrunkCall call) {
        this.call = call;
    }

    /** The call, for what is not asked here. */
    public TrunkCall call() {
        return call;
    }

    /** That it answered. */
    public CalleeHeard answered() {
        return require(call.answeredNanos().isPresent(), "it answered");
    }

    /** That it heard exactly these keys: telephone-events or tones. */
    public CalleeHeard heardKeys(String keys) {
        return require(keys.equals(media().digitsReceived()), "it heard the keys " + keys);
    }

    /** That it pressed exactly these keys to the end. */
    public CalleeHeard pressedKeys(String keys) {
        return require(keys.equals(media().digitsSent()), "it pressed the keys " + keys);
    }

    /** That it heard a tone of that frequency, 50 to 3950 Hz, for 100 ms at least. */
    public CalleeHeard heardTone(int hertz) {
        return require(sound().hasTone(hertz), "it heard a tone of " + hertz + " Hz");
    }

    /** That it heard a prompt whole: from its first word to its last, without a hole. */
    public CalleeHeard heardWhole(Prompt prompt) {
        return require(sound().isWhole(prompt.reference()), "it heard all of " + prompt.fileName());
    }

    /** That it heard this sound whole: 8 kHz PCM. */
    public CalleeHeard heardWhole(short[] pcm) {
        return require(sound().isWhole(pcm), "it heard all of the sound");
    }

    /** That it heard silence, or nothing. */
    public CalleeHeard heardSilence() {
        return require(call.media().isEmpty() || sound().isSilent(), "it heard silence");
    }

    /** That the caller's packets came in order, none lost or doubled. */
    public CalleeHeard heardEveryPacket() {
        return require(media().received().isClean(), "no packet was lost or doubled");
    }

    /** That the caller hung up after the answer. */
    public CalleeHeard endedByCaller() {
        return ended(CallEnd.Kind.CALLER_HUNG_UP);
    }

    /** That it hung up itself. */
    public CalleeHeard endedByCallee() {
        return ended(CallEnd.Kind.CALLEE_HUNG_UP);
    }

    /** That the caller gave up before the answer. */
    public CalleeHeard canceled() {
        return ended(CallEnd.Kind.CANCELED);
    }

    /** That it refused with that status. */
    public CalleeHeard refused(int status) {
        return require(
                call.end()
                        .filter(end -> end.equals(new CallEnd(CallEnd.Kind.REFUSED, status)))
                        .isPresent(),
                "it refused with " + status);
    }

    /** That these are the first lines of the messages, {@code >} from the caller and {@code <} to it, in this order and others between. */
    public CalleeHeard exchanged(String... lines) {
        List<String> all = call.glance();
        int next = 0;
        for (String line : all) {
            if (next < lines.length && line.equals(lines[next])) next++;
        }
        return require(next == lines.length, "the messages are " + Arrays.asList(lines) + " and not " + all);
    }

    /** The sound that it heard. */
    public HeardSound sound() {
        return HeardSound.of(media().pcm());
    }

    private CalleeHeard ended(CallEnd.Kind kind) {
        return require(call.end().filter(end -> end.kind() == kind).isPresent(), "the end is " + kind);
    }

    private MediaReport media() {
        return call.media().orElseThrow(() -> new AssertionError("no sound was exchanged" + report()));
    }

    private CalleeHeard require(boolean so, String what) {
        if (!so) throw new AssertionError("expected that " + what + report());
        return this;
    }

    private String report() {
        return System.lineSeparator() + CallReport.of(call) + Ladder.of(call);
    }
}
