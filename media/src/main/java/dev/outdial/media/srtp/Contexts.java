package dev.outdial.media.srtp;

import java.security.GeneralSecurityException;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.logging2.LoggerImpl;

/** Makes the library's contexts for one key, and calls them. */
final class Contexts {
    /** Bytes that authenticate an RTCP packet, in both suites (RFC 4568 section 6.2.2). */
    static final int RTCP_TAG_BYTES = 10;

    private static final int HMAC_SHA1_BYTES = 20;

    private final SrtpContextFactory factory;

    Contexts(SrtpKey key, boolean sending) {
        JdkCryptography.use();
        factory = new SrtpContextFactory(
                sending,
                key.key(),
                key.salt(),
                policy(key.suite().tagBytes()),
                policy(RTCP_TAG_BYTES),
                new LoggerImpl(Contexts.class.getName()));
    }

    private static SrtpPolicy policy(int tagBytes) {
        return new SrtpPolicy(
                SrtpPolicy.AESCM_ENCRYPTION,
                SrtpSuite.KEY_BYTES,
                SrtpPolicy.HMACSHA1_AUTHENTICATION,
                HMAC_SHA1_BYTES,
                tagBytes,
                SrtpSuite.SALT_BYTES);
    }

    /** A context that has seen no packet; the packets themselves say whose they are. */
    SrtpCryptoContext rtp(int rollovers) {
        try {
            return factory.deriveContext(0, rollovers);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this machine has no AES or no HMAC-SHA1", e);
        }
    }

    SrtcpCryptoContext rtcp() {
        try {
            return factory.deriveControlContext(0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this machine has no AES or no HMAC-SHA1", e);
        }
    }

    static SrtpErrorStatus encrypt(SrtpCryptoContext context, PacketBytes packet) {
        try {
            return context.transformPacket(packet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    static SrtpErrorStatus encrypt(SrtcpCryptoContext context, PacketBytes packet) {
        try {
            return context.transformPacket(packet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    static SrtpErrorStatus decrypt(SrtpCryptoContext context, PacketBytes packet) {
        try {
            return context.reverseTransformPacket(packet, false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }

    static SrtpErrorStatus decrypt(SrtcpCryptoContext context, PacketBytes packet) {
        try {
            return context.reverseTransformPacket(packet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES failed", e);
        }
    }
}
