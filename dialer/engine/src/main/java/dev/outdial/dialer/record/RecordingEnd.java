package dev.outdial.dialer.record;

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
    /** Another recording of the call began. */
    REPLACED,
    /** The call ended, perhaps before it was answered: then nothing was recorded. */
    CALL_ENDED,
    /** The file could not be written; an event said why. */
    FAILED
}
