package dev.outdial.dialer.trace;

import dev.outdial.dialer.call.pcap.PacketKeeper;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How a dialer keeps the RTP and RTCP of its calls: a file a call in the format of libpcap, as Wireshark reads it, all attempts in one. SRTP is
 * written as it is on the wire; sound as it is, and so are keys that are sent as tones in it. A second of a G.711 call takes about 23 kB. A
 * file is readable up to its last whole packet, whatever happens to the process; who keeps files deletes them.
 *
 * @param folder made where it is not there; what is in it stays
 * @param mostBytes how long the file of a call may become, 1000 at least; what comes then is left out, and the log says how much that was
 * @param showKeys whether the keys that are pressed stay legible in telephone-events (RFC 4733); else they are blanked
 */
public record PacketKeeping(Path folder, long mostBytes, boolean showKeys) {
    private static final long MOST_BYTES = 20_000_000;

    public PacketKeeping {
        Objects.requireNonNull(folder, "folder");
        if (mostBytes < 1000) throw new IllegalArgumentException(mostBytes + " bytes of a call: 1000 or more expected");
    }

    /** 20 MB a call, without keys: about a quarter of an hour. */
    public static PacketKeeping in(Path folder) {
        return new PacketKeeping(folder, MOST_BYTES, false);
    }

    /**
     * The file of a call, which is there once there are packets.
     *
     * @param requestId of {@link dev.outdial.dialer.DialRequest} or {@link dev.outdial.dialer.IncomingCall}
     */
    public Path file(String requestId) {
        return PacketKeeper.file(folder, requestId);
    }
}
