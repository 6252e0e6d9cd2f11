package dev.outdial.dialer.record;

import java.nio.file.Path;

/** A recording of a call, to be paused and ended. <b>Threading:</b> any; only {@link #awaitEnd} waits. */
public interface Recording {
    /** Where it is written: a file that is whole at any time, after a crash too, and complete with its end. */
    Path file();

    /**
     * Leaves out what is said from now on: no part of it is in the file in any form, and the sound before and after it are next to
     * each other. Doing it twice does no more.
     */
    void pause();

    /** Goes on after {@link #pause}. */
    void resume();

    /** Ends it; the call goes on. */
    void stop();

    /** Waits until it has ended and its file is closed. */
    RecordingResult awaitEnd() throws InterruptedException;
}
