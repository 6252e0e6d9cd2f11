package dev.outdial.media.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The frame without sound that encoders put first: "Xing" or "Info", with LAME's delay and padding, or Fraunhofer's "VBRI".
 *
 * @param frameCount frames of sound after this one, or -1 where it is not said
 * @param delaySamples silence that the encoder put before the sound, or -1 where it is not said
 * @param paddingSamples silence that it put after the sound, or -1
 */
record LameTag(long frameCount, int delaySamples, int paddingSamples) {
    private static final int VBRI_OFFSET = 4 + 32;
    private static final int VERSION_TO_DELAYS = 21;

    /** The tag in this first frame; empty where the frame is sound. */
    static Optional<LameTag> of(MpegHeader header, byte[] frame) {
        if (text(frame, VBRI_OFFSET).equals("VBRI")) return Optional.of(new LameTag(-1, -1, -1));
        String name = text(frame, header.tagOffset());
        if (!name.equals("Xing") && !name.equals("Info")) return Optional.empty();
        ByteBuffer in = ByteBuffer.wrap(frame).position(header.tagOffset() + 4);
        if (in.remaining() < 8) return Optional.of(new LameTag(-1, -1, -1));
        int flags = in.getInt();
        long frameCount = (flags & 1) != 0 ? in.getInt() & 0xFFFFFFFFL : -1;
        int version =
                in.position() + ((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 100 : 0) + ((flags & 8) != 0 ? 4 : 0);
        int delays = version + VERSION_TO_DELAYS;
        // Others than LAME and libavformat leave something else in this place.
        boolean hasDelays = delays + 3 <= frame.length && text(frame, version).matches("LAME|Lav[fc]");
        if (!hasDelays) return Optional.of(new LameTag(frameCount, -1, -1));
        int both = ((frame[delays] & 0xFF) << 16) | ((frame[delays + 1] & 0xFF) << 8) | (frame[delays + 2] & 0xFF);
        return Optional.of(new LameTag(frameCount, both >> 12, both & 0xFFF));
    }

    boolean hasDelays() {
        return delaySamples >= 0;
    }

    private static String text(byte[] frame, int at) {
        return at + 4 > frame.length ? "" : new String(frame, at, 4, StandardCharsets.ISO_8859_1);
    }
}
