package dev.outdial.media.record;

/** Why a recording ended. */
public enum RecordingEnd {
    /** It was stopped. */
    STOPPED,
    /** Nobody was heard for as long as was asked for. */
    SILENCE,
    /** The far end pressed a key. */
    KEY,
    /** As much is in the file as was asked for. */
    TIME,
    /** Another recording began. */
    REPLACED,
    /** The session ended. */
    SESSION_ENDED,
    /** The file could not be written. */
    FAILED
}
