package dev.outdial.dialer.trace;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file to which a dialer writes all SIP, RTP and RTCP that it sends and receives, in the format of libpcap, as Wireshark reads it. SIP over TLS
 * is written in clear as TCP; SRTP as it is on the wire. What proves who we are and the keys of SRTP are blanked. Sound is written as it
 * is, and so are keys that are sent as tones in it.
 *
 * @param file written anew; a file that is there is replaced
 * @param showKeys whether the keys that are pressed stay legible, in telephone-events (RFC 4733) and INFO; else they are blanked
 */
public record Capture(Path file, boolean showKeys) {
    public Capture {
        Objects.requireNonNull(file, "file");
    }
}
