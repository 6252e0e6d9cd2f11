package dev.outdial.testbed.sdp;

import java.util.Arrays;
import java.util.Optional;

/** Who sends, seen from the one who wrote the description (RFC 3264 5.1). */
public enum Direction {
    /** Both ways. */
    SENDRECV,
    /** Only the writer sends. */
    SENDONLY,
    /** Only the writer receives. */
    RECVONLY,
    /** Nobody sends. */
    INACTIVE;

    static Optional<Direction> named(String attribute) {
        return Arrays.stream(values())
                .filter(d -> d.attribute().equals(attribute))
                .findFirst();
    }

    /** The attribute, without {@code a=}. */
    public String attribute() {
        return switch (this) {
            case SENDRECV -> "sendrecv";
            case SENDONLY -> "sendonly";
            case RECVONLY -> "recvonly";
            case INACTIVE -> "inactive";
        };
    }

    /** The direction that an answer must have. */
    public Direction answered() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }

    /** The same without speaking. */
    public Direction listening() {
        return switch (this) {
            case SENDRECV, RECVONLY -> RECVONLY;
            case SENDONLY, INACTIVE -> INACTIVE;
        };
    }
}
