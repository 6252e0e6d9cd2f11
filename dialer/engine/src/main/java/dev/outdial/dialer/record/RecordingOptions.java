package dev.outdial.dialer.record;

import dev.outdial.dialer.digits.Digits;
import java.time.Duration;

/**
 * What is recorded of a call, how it is written, and what ends it beside the call's end.
 *
 * @param sides whose sound
 * @param format how it is written
 * @param beep whether the far end hears a tone of 1 kHz and 300 ms when it begins
 * @param silence ends it when for so long nobody whose sound is recorded was heard; zero for never
 * @param stopKeys the far end's keys that end it, 0-9, *, #, A-D; none where it is empty
 * @param longest ends it when so much is in the file; zero for never
 */
public record RecordingOptions(
        RecordedSides sides,
        RecordingFormat format,
        boolean beep,
        Duration silence,
        String stopKeys,
        Duration longest) {
    // Before the options that are checked by it.
    private static final Duration LONGEST = Duration.ofDays(1);

    /** What the far end says, in linear samples, to the end of the call. */
    public static final RecordingOptions DEFAULT =
            new RecordingOptions(RecordedSides.FAR_END, RecordingFormat.PCM, false, Duration.ZERO, "", Duration.ZERO);

    /** All keys, where {@link #stoppedBy any of them} is to end a recording. */
    public static final String ANY_KEY = "0123456789*#ABCD";

    /** Checks keys and times. */
    public RecordingOptions {
        if (!stopKeys.chars().allMatch(key -> Digits.isKey((char) key))) {
            throw new IllegalArgumentException("keys that end a recording: 0-9, *, # and A-D are expected");
        }
        check(silence, "silence");
        check(longest, "length");
    }

    private static void check(Duration time, String what) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a " + what + " of " + time + ": none to a day is expected");
        }
    }

    /** With these sides. */
    public RecordingOptions withSides(RecordedSides next) {
        return new RecordingOptions(next, format, beep, silence, stopKeys, longest);
    }

    /** Written so. */
    public RecordingOptions withFormat(RecordingFormat next) {
        return new RecordingOptions(sides, next, beep, silence, stopKeys, longest);
    }

    /** With a tone at the beginning that the far end hears. */
    public RecordingOptions withBeep() {
        return new RecordingOptions(sides, format, true, silence, stopKeys, longest);
    }

    /** Ended by so much silence. */
    public RecordingOptions untilSilent(Duration next) {
        return new RecordingOptions(sides, format, beep, next, stopKeys, longest);
    }

    /** Ended by any of these keys. */
    public RecordingOptions stoppedBy(String keys) {
        return new RecordingOptions(sides, format, beep, silence, keys, longest);
    }

    /** No longer than that. */
    public RecordingOptions noLongerThan(Duration next) {
        return new RecordingOptions(sides, format, beep, silence, stopKeys, next);
    }
}
