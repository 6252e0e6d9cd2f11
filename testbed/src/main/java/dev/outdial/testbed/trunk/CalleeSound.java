package dev.outdial.testbed.trunk;

import dev.outdial.testbed.sound.Sound;
import java.util.OptionalLong;

/** The sound of one callee: what it says and what it hears, or how much. Belongs to the loop. */
interface CalleeSound extends AutoCloseable {
    /** Begins to speak, if that has not begun. */
    void start(long nowNanos);

    /** Other terms: the caller moved, held, or answered our offer. */
    void renegotiate(MediaTerms other);

    MediaTerms terms();

    int port();

    void say(Sound what);

    void press(String keys);

    void echo();

    void awaitMessage(long silenceNanos);

    OptionalLong nextDeadlineNanos();

    void wake(long nowNanos);

    /** Stops speaking; hearing goes on until {@link #close}. */
    void stop(long nowNanos);

    @Override
    void close();

    MediaReport report();
}
