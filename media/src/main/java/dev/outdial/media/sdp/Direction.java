package dev.outdial.media.sdp;

/** Who sends, seen from the end that wrote the description (RFC 8866 section 6.7). */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    static Direction of(boolean sends, boolean listens) {
        if (sends) return listens ? SENDRECV : SENDONLY;
        return listens ? RECVONLY : INACTIVE;
    }

    /** Whether the writer of the description sends. */
    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    /** Whether the writer of the description listens. */
    public boolean listens() {
        return this == SENDRECV || this == RECVONLY;
    }
}
