package dev.outdial.sip.transport;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of trying to connect to a hop.
 *
 * @param millis how long it took, or until it failed
 * @param failure a sentence that says why there is no connection; empty where there was one
 * @param certificate what the far end showed over TLS, trusted or not; empty where it came to none
 */
public record ConnectionTrial(long millis, Optional<String> failure, Optional<Shown> certificate) {
    /**
     * A certificate.
     *
     * @param names the names and addresses that it is for, as far as it says so, at most 8
     * @param issuer who signed it
     * @param from when it begins to hold
     * @param until when it expires
     */
    public record Shown(List<String> names, String issuer, Instant from, Instant until) {
        /** Takes a copy. */
        public Shown {
            names = List.copyOf(names);
        }
    }
}
