package dev.outdial.media;

import dev.outdial.media.sdp.Capabilities;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How one session is to be.
 *
 * @param capabilities what is offered
 * @param latching whether RTP is sent to where it comes from rather than to the address in the far end's description: for far
 *     ends behind a NAT. It locks on one source and SSRC after five packets in order. Without it, only the described address
 *     is sent to and heard
 * @param rtpTimeout for how long the far end may send nothing before {@link MediaEvent.ReceptionTimeout}; not while it is on
 *     hold or does not send by agreement; zero for ever
 * @param advertised the address that our session descriptions name (c= and o=) where it is not the one that is bound: a public one
 *     before a NAT, which keeps the ports. Of the same family
 */
public record SessionOptions(
        Capabilities capabilities, boolean latching, Duration rtpTimeout, Optional<InetAddress> advertised) {
    /** Default capabilities, no latching, 30 seconds. */
    public static final SessionOptions DEFAULT =
            new SessionOptions(Capabilities.DEFAULT, false, Duration.ofSeconds(30));

    public SessionOptions {
        if (rtpTimeout.isNegative()) throw new IllegalArgumentException("RTP timeout " + rtpTimeout);
        if (advertised.isPresent() && advertised.get().isAnyLocalAddress())
            throw new IllegalArgumentException(
                    "advertised address " + advertised.get().getHostAddress());
    }

    /** With the address in the session descriptions that is bound. */
    public SessionOptions(Capabilities capabilities, boolean latching, Duration rtpTimeout) {
        this(capabilities, latching, rtpTimeout, Optional.empty());
    }

    /** The same, naming another address in the session descriptions. */
    public SessionOptions advertising(InetAddress address) {
        return new SessionOptions(capabilities, latching, rtpTimeout, Optional.of(address));
    }
}
