package dev.outdial.dialer.probe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a probe goes, and how long it may take: each time is above zero, and all of them together are at most 23 seconds. Finding the
 * trunk takes at most 5 seconds beside them.
 *
 * @param number what to call to try the sound, an echo or any number that answers; where empty, nobody is called
 * @param answerWithin how long a trunk may take to accept connections and to answer OPTIONS
 * @param registerWithin how long the registrar may take
 * @param ringFor how long that number may take to answer
 * @param listenFor how long to listen then; the far end's reports of what it hears come after 1 to 3 seconds
 * @param timerFor how long to watch how exactly this machine sleeps
 */
public record ProbeOptions(
        Optional<String> number,
        Duration answerWithin,
        Duration registerWithin,
        Duration ringFor,
        Duration listenFor,
        Duration timerFor) {
    private static final Duration LONGEST = Duration.ofSeconds(23);

    /** Calls nobody; 4 seconds for the trunk, 6 for its registrar, 8 until the answer, 4 to listen, 1 for the timer. */
    public static final ProbeOptions DEFAULT = new ProbeOptions(
            Optional.empty(),
            Duration.ofSeconds(4),
            Duration.ofSeconds(6),
            Duration.ofSeconds(8),
            Duration.ofSeconds(4),
            Duration.ofSeconds(1));

    public ProbeOptions {
        Duration all = Duration.ZERO;
        for (Duration limit : List.of(answerWithin, registerWithin, ringFor, listenFor, timerFor)) {
            if (!limit.isPositive()) {
                throw new IllegalArgumentException(
                        "a limit of " + limit + " for a probe: a time above zero is expected");
            }
            all = all.plus(limit);
        }
        if (all.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("limits of " + all.toSeconds() + " s for a probe: " + LONGEST.toSeconds()
                    + " s in all is the most");
        }
    }

    /** The same, calling that number. */
    public ProbeOptions calling(String target) {
        return new ProbeOptions(Optional.of(target), answerWithin, registerWithin, ringFor, listenFor, timerFor);
    }

    /** The same with other limits for the trunk and its registrar. */
    public ProbeOptions within(Duration answer, Duration register) {
        return new ProbeOptions(number, answer, register, ringFor, listenFor, timerFor);
    }

    /** The same with other times for the call. */
    public ProbeOptions ringing(Duration ring, Duration listen) {
        return new ProbeOptions(number, answerWithin, registerWithin, ring, listen, timerFor);
    }

    /** The same, watching the timer for that long. */
    public ProbeOptions timing(Duration time) {
        return new ProbeOptions(number, answerWithin, registerWithin, ringFor, listenFor, time);
    }
}
