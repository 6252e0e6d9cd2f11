package dev.outdial.media.srtp;

/** A crypto suite of RFC 4568 section 6.2: AES-128 in counter mode, authenticated with HMAC-SHA1. */
public enum SrtpSuite {
    /** An authentication tag of 80 bits. */
    AES_CM_128_HMAC_SHA1_80(10),
    /** An authentication tag of 32 bits in RTP; RTCP has 80 all the same (RFC 4568 section 6.2.2). */
    AES_CM_128_HMAC_SHA1_32(4);

    /** Bytes of a master key. */
    public static final int KEY_BYTES = 16;
    /** Bytes of a master salt. */
    public static final int SALT_BYTES = 14;

    private final int tagBytes;

    SrtpSuite(int tagBytes) {
        this.tagBytes = tagBytes;
    }

    /** Bytes that authenticate an RTP packet. */
    public int tagBytes() {
        return tagBytes;
    }
}
