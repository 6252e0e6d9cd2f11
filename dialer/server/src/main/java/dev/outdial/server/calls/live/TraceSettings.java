package dev.outdial.server.calls.live;

import dev.outdial.dialer.trace.PacketKeeping;
import java.util.Optional;

/**
 * What is kept of what goes over the wire. Whether SIP messages and packets are kept at all, the dialer's own setup says.
 *
 * @param secrets whether what proves who we are, keys of SRTP and pressed keys are stored with the messages
 * @param series whether the figures of each second are kept
 * @param packets where RTP and RTCP are, of calls of which they were kept
 */
public record TraceSettings(boolean secrets, boolean series, Optional<PacketKeeping> packets) {
    /** Figures, and messages without secrets. */
    public static final TraceSettings USUAL = new TraceSettings(false, true, Optional.empty());
}
