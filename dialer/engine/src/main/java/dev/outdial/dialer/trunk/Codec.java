package dev.outdial.dialer.trunk;

/** How sound is coded on the wire. What is heard, recorded and mixed has 8,000 samples a second whatever the codec. */
public enum Codec {
    /** G.711 mu-law: what North America and Japan speak, and everybody understands. */
    PCMU,
    /** G.711 A-law: what the rest of the world speaks. */
    PCMA,
    /** Linear 16 bit samples: exact, twice the bytes; for tests and measuring. */
    L16,
    /** G.722, 64 kbit/s: clips go out with sound up to 7 kHz; what desk phones and conference bridges speak. */
    G722,
    /** Opus, about 24 kbit/s: clips go out with sound up to 8 kHz; what browsers and mobile clients speak. */
    OPUS
}
