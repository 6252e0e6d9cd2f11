package dev.outdial.media;

import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpSession;
import dev.outdial.media.srtp.SrtpTerms;
import dev.outdial.media.srtp.SrtpVerdict;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Seals what a session sends and opens what it receives, where that was agreed; lets it through where it was not. Where encryption
 * is required nothing goes through before there are keys. <b>Threading:</b> belongs to the media loop.
 */
final class Sealing {
    private final boolean required;
    private Optional<SrtpSession> srtp = Optional.empty();
    private long rejected;

    Sealing(SrtpPolicy policy) {
        this.required = policy == SrtpPolicy.REQUIRED;
    }

    void agree(Optional<SrtpTerms> terms) {
        if (terms.isEmpty()) srtp = Optional.empty();
        else if (srtp.isPresent()) srtp.get().agree(terms.get());
        else srtp = Optional.of(new SrtpSession(terms.get()));
    }

    /** Seals the RTP packet between the buffer's position and limit. */
    void seal(ByteBuffer packet) {
        if (srtp.isPresent()) srtp.get().protect(packet);
    }

    /** Seals the RTCP packet between the buffer's position and limit. */
    void sealRtcp(ByteBuffer packet) {
        if (srtp.isPresent()) srtp.get().protectRtcp(packet);
    }

    /** Opens an RTP datagram in place; false where it is not to be used. */
    boolean open(ByteBuffer datagram) {
        return srtp.isPresent() ? isUsable(srtp.get().unprotect(datagram)) : !required;
    }

    /** Opens an RTCP datagram in place; false where it is not to be used. */
    boolean openRtcp(ByteBuffer datagram) {
        return srtp.isPresent() ? isUsable(srtp.get().unprotectRtcp(datagram)) : !required;
    }

    private boolean isUsable(SrtpVerdict verdict) {
        if (verdict == SrtpVerdict.AUTHENTIC) return true;
        rejected++;
        return false;
    }

    /** Datagrams that were not authentic, came again, or could not be read. */
    long rejected() {
        return rejected;
    }
}
