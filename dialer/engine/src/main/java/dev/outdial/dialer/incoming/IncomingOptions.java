package dev.outdial.dialer.incoming;

import java.time.Duration;
import java.util.Optional;

/**
 * How long calls to us may take, and whether they are answered without anybody deciding.
 *
 * @param ringFor how long a call waits for a decision, at most three minutes; then it is refused (480)
 * @param maxDuration from the answer to the end; then we hang up
 * @param answerAfter after which time a call is answered that nobody has decided on, zero for at once; empty where nobody decides for
 *     the handler. A call that waits rings
 * @param obeyingCaller whether a caller is obeyed who asks to be answered by itself (Answer-Mode, RFC 5373; Call-Info and Alert-Info with
 *     {@code answer-after} or {@code info=alert-autoanswer}): anybody can write that, and listens in then. {@link #answerAfter} counts
 *     before it
 */
public record IncomingOptions(
        Duration ringFor, Duration maxDuration, Optional<Duration> answerAfter, boolean obeyingCaller) {
    private static final Duration LONGEST_RINGING = Duration.ofMinutes(3);

    /** A minute to decide, an hour to talk, and nothing is answered by itself. */
    public static final IncomingOptions DEFAULT =
            new IncomingOptions(Duration.ofMinutes(1), Duration.ofHours(1), Optional.empty(), false);

    /** Checks the times. */
    public IncomingOptions {
        requirePositive("ring time", ringFor);
        requirePositive("maximum duration", maxDuration);
        if (ringFor.compareTo(LONGEST_RINGING) > 0) {
            throw new IllegalArgumentException("ring time " + ringFor + ": three minutes at most are expected");
        }
        answerAfter.ifPresent(after -> {
            if (after.isNegative() || after.compareTo(ringFor) >= 0) {
                throw new IllegalArgumentException(
                        "to answer after " + after + ": zero or more, and less than the ring time is expected");
            }
        });
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " " + duration + " is not positive");
        }
    }

    /** The same with another time to decide. */
    public IncomingOptions ringingFor(Duration longest) {
        return new IncomingOptions(longest, maxDuration, answerAfter, obeyingCaller);
    }

    /** The same with another time to talk. */
    public IncomingOptions lastingAtMost(Duration longest) {
        return new IncomingOptions(ringFor, longest, answerAfter, obeyingCaller);
    }

    /** The same, answering by itself after that time. */
    public IncomingOptions answeringAfter(Duration after) {
        return new IncomingOptions(ringFor, maxDuration, Optional.of(after), obeyingCaller);
    }

    /** The same, obeying a caller who asks to be answered. */
    public IncomingOptions obeyingTheCaller() {
        return new IncomingOptions(ringFor, maxDuration, answerAfter, true);
    }
}
