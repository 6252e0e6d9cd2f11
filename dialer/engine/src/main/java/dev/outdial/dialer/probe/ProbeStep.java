package dev.outdial.dialer.probe;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param name what: {@code dns}, {@code transport}, {@code register}, {@code options}, {@code address}, {@code sound}, {@code codec},
 *     {@code clock} and {@code timer} of a trunk; {@code java}, {@code addresses}, {@code sip-port}, {@code rtp-ports}, {@code speech},
 *     {@code files} and {@code timer} of a machine
 * @param result whether it is well
 * @param seen one sentence, without secrets
 * @param advice what to do about it; also where all is well but may not stay so
 */
public record ProbeStep(String name, Result result, String seen, Optional<String> advice) {
    /** Whether all is well. */
    public enum Result {
        /** It is. */
        OK,
        /** It is not. */
        FAILED,
        /** Nothing was looked at, or nothing could be seen; {@code seen} says why. */
        SKIPPED
    }

    public ProbeStep {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(advice, "advice");
    }

    /** All is well. */
    public static ProbeStep ok(String name, String seen) {
        return new ProbeStep(name, Result.OK, seen, Optional.empty());
    }

    /** All is not well. */
    public static ProbeStep failed(String name, String seen, String advice) {
        return new ProbeStep(name, Result.FAILED, seen, Optional.of(advice));
    }

    /** Nothing was looked at. */
    public static ProbeStep skipped(String name, String why) {
        return new ProbeStep(name, Result.SKIPPED, why, Optional.empty());
    }

    /** The same with something to do. */
    public ProbeStep advising(String toDo) {
        return new ProbeStep(name, result, seen, Optional.of(toDo));
    }
}
