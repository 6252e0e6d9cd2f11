package dev.outdial.media.sdp;

import java.util.List;
import java.util.Optional;

/**
 * A session description (RFC 8866), as far as it matters here. Lines that nobody needs are passed over.
 *
 * @param sessionId of the o= line
 * @param version of the o= line, as it was written
 * @param connection the session's c= line, for sections without one
 * @param direction the session's direction, for sections that say nothing
 */
public record SessionDescription(
        String sessionId,
        String version,
        Optional<MediaDescription.Connection> connection,
        Optional<Direction> direction,
        List<MediaDescription> media) {
    /** A longer description is not read. */
    public static final int MAX_BYTES = 16_384;

    public SessionDescription {
        media = List.copyOf(media);
    }

    /**
     * Reads a description. Line ends may be CRLF, LF or CR; the order of lines does not matter beyond their section.
     *
     * @throws SdpException and nothing else, whatever the bytes
     */
    public static SessionDescription parse(byte[] bytes) throws SdpException {
        return new SdpParser(bytes).parse();
    }
}
