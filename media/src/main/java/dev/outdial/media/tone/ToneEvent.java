package dev.outdial.media.tone;

/**
 * A tone that was heard in the sound. Times are milliseconds of the sound that a {@link ToneDetector} was given, from its first
 * sample on, good to about 20 ms.
 */
public sealed interface ToneEvent {
    /** Where the tone began, the first burst of it where it comes in bursts. */
    long beginMillis();

    /** How far it was heard when it was told of: its end, or the moment in which it was certain while it goes on. */
    long endMillis();

    /** How long it was heard until it was told of. */
    default long durationMillis() {
        return endMillis() - beginMillis();
    }

    /** The far end's phone rings. Told once, when the second ring begins or the second of a double ring ends. */
    record Ringback(long beginMillis, long endMillis) implements ToneEvent {}

    /** The callee is busy. Told once, after two bursts at least. */
    record Busy(long beginMillis, long endMillis) implements ToneEvent {}

    /** The network has no way to the callee (congestion, reorder, fast busy). Told once, after two bursts at least. */
    record Congestion(long beginMillis, long endMillis) implements ToneEvent {}

    /** Three rising tones before an announcement (special information tone, ITU-T E.180). */
    record Sit(SitKind kind, long beginMillis, long endMillis) implements ToneEvent {}

    /** A fax machine that calls: CNG, 1100 Hz for half a second every three (ITU-T T.30). Told after the second burst. */
    record FaxCalling(long beginMillis, long endMillis) implements ToneEvent {}

    /** A fax machine that answers, or a modem of old: CED or ANS, 2100 Hz without a break (ITU-T T.30, V.25). Told after a second. */
    record FaxAnswer(long beginMillis, long endMillis) implements ToneEvent {}

    /**
     * A modem, or a fax machine that is as fast as one: 2100 Hz whose phase is reversed every 450 ms (ITU-T V.25, V.8). Told after
     * a second.
     *
     * @param amplitudeModulated whether it also swells at 15 Hz: ANSam
     */
    record Modem(boolean amplitudeModulated, long beginMillis, long endMillis) implements ToneEvent {}

    /**
     * One steady sine that is none of the others: most likely the beep of an answering machine. Told some 60 ms after its end.
     *
     * @param frequencyHz 300 to 2600
     */
    record Beep(double frequencyHz, long beginMillis, long endMillis) implements ToneEvent {}
}
