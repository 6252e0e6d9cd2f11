package dev.outdial.media.srtp;

import java.util.Arrays;

/** What encrypts and authenticates the packets of one kind, RTP or RTCP, that are sent with one master key. */
record SessionKeys(KeyStream keyStream, Authenticator authenticator) {
    /** Labels of the keys for encryption, authentication and salt, in this order. */
    private static final int RTP_LABEL = 0;

    private static final int RTCP_LABEL = 3;
    private static final int AUTHENTICATION_KEY_BYTES = 20;
    /** In both suites (RFC 4568 section 6.2.2). */
    private static final int RTCP_TAG_BYTES = 10;

    static SessionKeys ofRtp(SrtpKey key) {
        return derive(key, RTP_LABEL, key.suite().tagBytes());
    }

    static SessionKeys ofRtcp(SrtpKey key) {
        return derive(key, RTCP_LABEL, RTCP_TAG_BYTES);
    }

    private static SessionKeys derive(SrtpKey key, int label, int tagBytes) {
        var derivation = new KeyDerivation(key);
        byte[] encryption = derivation.key(label, SrtpSuite.KEY_BYTES);
        byte[] authentication = derivation.key(label + 1, AUTHENTICATION_KEY_BYTES);
        byte[] salt = derivation.key(label + 2, SrtpSuite.SALT_BYTES);
        var keys = new SessionKeys(new KeyStream(encryption, salt), new Authenticator(authentication, tagBytes));
        for (byte[] secret : new byte[][] {encryption, authentication, salt}) Arrays.fill(secret, (byte) 0);
        return keys;
    }
}
