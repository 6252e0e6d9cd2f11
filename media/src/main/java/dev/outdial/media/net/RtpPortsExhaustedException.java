package dev.outdial.media.net;

import java.io.IOException;

/**
 * No port pair can be had: every one of the configured range is taken, by our own sessions or by other programs, or the system
 * opens no more sockets.
 */
public final class RtpPortsExhaustedException extends IOException {
    RtpPortsExhaustedException(int firstPort, int lastPort, int ours, int pairs) {
        super("no free RTP port pair in " + firstPort + "-" + lastPort + ": " + ours + " of " + pairs
                + " in use by this engine, the rest by other programs; widen the range or place fewer calls at once");
    }

    RtpPortsExhaustedException(int firstPort, int lastPort, int ours, IOException cause) {
        super(
                "no RTP socket could be opened in " + firstPort + "-" + lastPort + ": " + cause.getMessage() + ", with "
                        + ours
                        + " pairs in use by this engine; where files are too many, raise their limit or place fewer calls at once",
                cause);
    }
}
