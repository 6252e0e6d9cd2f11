package dev.outdial.dialer.record;

/** Whose sound is recorded. */
public enum RecordedSides {
    /** What the far end says, in one channel. */
    FAR_END,
    /** What the far end says and what it hears from us, added up in one channel. */
    MIXED,
    /** What the far end says in the left channel, what it hears from us in the right one. */
    STEREO
}
