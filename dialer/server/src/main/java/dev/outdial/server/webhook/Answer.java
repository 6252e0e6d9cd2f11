package dev.outdial.server.webhook;

import java.time.Duration;
import java.util.Optional;

/** What came of one try. */
sealed interface Answer {
    /** A status of 200 to 299. */
    record Accepted() implements Answer {}

    /** Another status. @param retryAfter how long the receiver wants to be left alone */
    record Refused(int status, Optional<Duration> retryAfter) implements Answer {}

    /** 410: it wants nothing any more. */
    record Gone() implements Answer {}

    /** No answer. @param why a sentence that tells no secret and no address that a name led to */
    record Unreachable(String why) implements Answer {}
}
