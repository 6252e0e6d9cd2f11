package dev.outdial.media.net;

import java.io.IOException;

/** Every port pair of the configured range is taken, by our own sessions or by other programs. */
public final class RtpPortsExhaustedException extends IOException {
    RtpPortsExhaustedException(int firstPort, int lastPort, int ours) {
        super("no free RTP port pair in " + firstPort + "-" + lastPort + ": " + ours
                + " in use by this engine, the rest by other programs; widen the range or place fewer calls at once");
    }
}
