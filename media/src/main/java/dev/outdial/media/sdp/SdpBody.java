package dev.outdial.media.sdp;

import java.util.Locale;
import java.util.Optional;

/** Finds the session description in the body of a message, which may be a multipart one (RFC 2046, RFC 5621). Pure. */
public final class SdpBody {
    /** A longer multipart body is not read; a session description may have {@link SessionDescription#MAX_BYTES} at most. */
    public static final int MAX_BYTES = 65_536;

    private static final int MAX_DEPTH = 2;

    private SdpBody() {}

    /**
     * The session description in a body. Of several parts with one it is the first, of alternatives the last, which is the best
     * (RFC 2046 section 5.1.4). A description of an early session (RFC 3959) is none of the session's.
     *
     * @param contentType the value of the message's Content-Type
     * @return empty where the body has none
     * @throws SdpException for a multipart body that cannot be taken apart, or whose description is encoded
     */
    public static Optional<byte[]> descriptionIn(String contentType, byte[] body) throws SdpException {
        return descriptionIn(ContentType.parse(contentType), body, 0);
    }

    private static Optional<byte[]> descriptionIn(ContentType type, byte[] body, int depth) throws SdpException {
        if (type.isSdp()) return Optional.of(body.clone());
        if (!type.isMultipart()) return Optional.empty();
        if (body.length > MAX_BYTES)
            throw new SdpException("multipart body of " + body.length + " bytes, expected at most " + MAX_BYTES);
        if (depth == MAX_DEPTH) return Optional.empty();
        Optional<byte[]> found = Optional.empty();
        for (MultipartReader.Part part : new MultipartReader(type.boundary(), body).parts()) {
            Optional<byte[]> description = descriptionIn(part, depth + 1);
            if (description.isEmpty()) continue;
            if (!type.isAlternative()) return description;
            found = description;
        }
        return found;
    }

    private static Optional<byte[]> descriptionIn(MultipartReader.Part part, int depth) throws SdpException {
        String disposition = part.header("content-disposition").toLowerCase(Locale.ROOT);
        if (disposition.startsWith("early-session")) return Optional.empty();
        ContentType type = ContentType.parse(part.header("content-type"));
        if (!type.isSdp() && !type.isMultipart()) return Optional.empty();
        String encoding = part.header("content-transfer-encoding").toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "", "7bit", "8bit", "binary" -> descriptionIn(type, part.content(), depth);
            default ->
                throw new SdpException("body part with content transfer encoding " + Shown.of(encoding)
                        + ", expected 7bit, 8bit or binary");
        };
    }
}
