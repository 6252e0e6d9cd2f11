package dev.outdial.sip.transport;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What came of trying to connect to a hop.
 *
 * @param millis how long it took, or until it failed
 * @param failure a sentence that says why there is no connection; empty where there was one
 * @param certificate what the far end showed over TLS, trusted or not; empty where it came to none
 */
public record ConnectionTrial(long millis, Optional<String> failure, Optional<X509Certificate> certificate) {}
