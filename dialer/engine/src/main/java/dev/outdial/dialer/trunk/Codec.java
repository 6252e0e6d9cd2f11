package dev.outdial.dialer.trunk;

/** How sound is coded on the wire, 8,000 samples a second. */
public enum Codec {
    /** G.711 mu-law: what North America and Japan speak, and everybody understands. */
    PCMU,
    /** G.711 A-law: what the rest of the world speaks. */
    PCMA,
    /** Linear 16 bit samples: exact, twice the bytes; for tests and measuring. */
    L16
}
