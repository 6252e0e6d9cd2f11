package dev.outdial.media;

import dev.outdial.media.sdp.Capabilities;
import java.time.Duration;

/**
 * How one session is to be.
 *
 * @param capabilities what is offered
 * @param latching whether RTP is sent to where it comes from rather than to the address in the far end's description: for far
 *     ends behind a NAT. It locks on one source and SSRC after five packets in order. Without it, only the described address
 *     is sent to and heard
 * @param rtpTimeout for how long the far end may send nothing before {@link MediaEvent.ReceptionTimeout}; not while it is on
 *     hold or does not send by agreement; zero for ever
 */
public record SessionOptions(Capabilities capabilities, boolean latching, Duration rtpTimeout) {
    /** Default capabilities, no latching, 30 seconds. */
    public static final SessionOptions DEFAULT =
            new SessionOptions(Capabilities.DEFAULT, false, Duration.ofSeconds(30));

    public SessionOptions {
        if (rtpTimeout.isNegative()) throw new IllegalArgumentException("RTP timeout " + rtpTimeout);
    }
}
