package dev.outdial.dialer.call;

import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.GreetingEnd;
import java.time.Duration;
import java.util.OptionalInt;

/** Who is at the other end of a call on a {@link Stage}, and hears what we do. <b>Threading:</b> called by the stage, one task at a time. */
public interface FarEnd {
    /** The INVITE has arrived, or the call is answered where it called us. */
    void begin(StagedCall call);

    /** Music under words begins. */
    void hearsBeneath(String clip);

    /** A clip came to its end, or was stopped. */
    void heard(String clip, long millis, boolean whole);

    /** A key of ours, which is released now. */
    void hearsKey(char key);

    /** How it sounds: who answered. */
    Detected sounds();

    /** How its greeting ends, where it is a machine, and how long after it is known that it is one. */
    GreetingEnd greetingEnd();

    /** How long after the answer it can be told who it is. */
    Duration toldAfter();

    /** It is put on hold, or taken off; the status that refuses it, or none. */
    OptionalInt held(boolean held);

    /** It is asked to call somebody else; the status that this comes to. */
    int transferred(String target);

    /** It is put together with another far end, or taken apart. */
    void joined(boolean together);

    /** It was given up before it answered, or we hang up. */
    void hungUp();
}
