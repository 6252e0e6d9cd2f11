package dev.outdial.media.sdp;

import java.util.Optional;

/**
 * The RTP profiles that can be spoken. Those with feedback (RFC 4585, RFC 5124) differ in when RTCP may be sent and in messages
 * that nobody has to send, so that an end without feedback does no harm in them. DTLS-SRTP is not among them.
 */
enum MediaProfile {
    AVP("RTP/AVP", false),
    AVPF("RTP/AVPF", false),
    SAVP("RTP/SAVP", true),
    SAVPF("RTP/SAVPF", true);

    private final String protocol;
    private final boolean secure;

    MediaProfile(String protocol, boolean secure) {
        this.protocol = protocol;
        this.secure = secure;
    }

    static Optional<MediaProfile> of(String protocol) {
        for (MediaProfile profile : values())
            if (profile.protocol.equalsIgnoreCase(protocol)) return Optional.of(profile);
        return Optional.empty();
    }

    /** As the m= line says it. */
    String protocol() {
        return protocol;
    }

    /** Whether nothing may go in clear. */
    boolean isSecure() {
        return secure;
    }
}
