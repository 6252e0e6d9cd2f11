package dev.outdial.media.srtp;

import dev.outdial.media.rtp.SequenceUnwrapper;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;

/** What is remembered of one source's RTP packets. The library counts rollovers too, but tells nobody. */
final class RtpSource {
    private final SrtpCryptoContext context;
    private final int firstRollovers;
    private final SequenceUnwrapper numbers = SequenceUnwrapper.ofSequenceNumbers();
    private boolean started;

    /** @param firstRollovers how often its sequence numbers began again at 0 before its first packet here */
    RtpSource(Contexts contexts, int firstRollovers) {
        this.context = contexts.rtp(firstRollovers);
        this.firstRollovers = firstRollovers;
    }

    int firstRollovers() {
        return firstRollovers;
    }

    int rollovers() {
        return firstRollovers + (int) (numbers.highest() >> 16);
    }

    SrtpErrorStatus decrypt(PacketBytes packet) {
        SrtpErrorStatus status = Contexts.decrypt(context, packet);
        if (status == SrtpErrorStatus.OK) count(packet.sequenceNumber());
        return status;
    }

    private void count(int number) {
        if (started) numbers.unwrap(number);
        else numbers.restart(number);
        started = true;
    }
}
