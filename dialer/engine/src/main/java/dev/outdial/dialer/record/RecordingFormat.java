package dev.outdial.dialer.record;

/** How a recording is written to its WAV file, at 8,000 samples a second. */
public enum RecordingFormat {
    /** Linear, 16 bits: 16 KB a second and channel. */
    PCM,
    /** G.711 mu-law: 8 KB a second and channel. */
    ULAW,
    /** G.711 A-law: 8 KB a second and channel. */
    ALAW
}
