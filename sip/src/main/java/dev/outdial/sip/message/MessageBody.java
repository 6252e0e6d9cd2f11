package dev.outdial.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a SIP message: bytes and the media type that says how to read them. What the bytes mean is no business of the
 * SIP layer.
 *
 * @param contentType the value of the Content-Type header, such as {@code application/sdp}
 * @param bytes the body; copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record MessageBody(String contentType, byte[] bytes) {
    /** The type of a session description (RFC 4566). */
    public static final String SDP = "application/sdp";

    /** Checks the type and takes a copy of the bytes. */
    public MessageBody {
        Text.withoutControls("content type", contentType);
        int slash = contentType.indexOf('/');
        if (slash <= 0 || slash == contentType.length() - 1) {
            throw new IllegalArgumentException(
                    "content type '" + Text.shown(contentType) + "' is not of the form type/subtype");
        }
        bytes = bytes.clone();
    }

    /** A body of UTF-8 text. */
    public static MessageBody ofText(String contentType, String text) {
        return new MessageBody(contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes there are. */
    public int byteLength() {
        return bytes.length;
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether the media type, without its parameters, is this one (RFC 2045: in any case). */
    public boolean is(String mediaType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().equalsIgnoreCase(mediaType);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageBody that
                && contentType.equals(that.contentType)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * contentType.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return contentType + " of " + bytes.length + " bytes";
    }
}
