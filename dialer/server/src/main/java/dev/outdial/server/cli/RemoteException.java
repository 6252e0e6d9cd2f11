package dev.outdial.server.cli;

import java.io.Serial;

/** A running server was not reached, or did not do what it was asked; the sentence says why. */
final class RemoteException extends RuntimeException {
    /** It said no, and why. */
    static final int REFUSED = 1;

    /** Nobody answered (EX_UNAVAILABLE of sysexits). */
    static final int UNREACHABLE = 69;

    /** The access key is missing, wrong, or not good for that (EX_NOPERM of sysexits). */
    static final int NO_KEY = 77;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    RemoteException(int exitStatus, String sentence) {
        super(sentence);
        this.exitStatus = exitStatus;
    }

    int exitStatus() {
        return exitStatus;
    }
}
