package dev.outdial.media.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts an MP3 file into frames before the decoder sees it: tags are skipped, a frame cut off by the end of the file is
 * dropped, and bytes that are no frame between frames are an error, not a noise.
 */
final class MpegFrames {
    private static final int SEARCH_BYTES = 65536;
    private static final int ID3V1_BYTES = 128;

    private final AudioInput input;
    private final AudioInput.Reader in;
    private final byte[] buffer = new byte[SEARCH_BYTES + 4096];
    private int head;
    private int tail;
    private long headOffset;
    private MpegHeader header = MpegHeader.NONE;

    MpegFrames(AudioInput input) {
        this.input = input;
        this.in = input.from(0);
    }

    /** Finds the first frame and leaves it to be read. */
    MpegHeader first() throws IOException {
        while (skipTag()) {}
        int at = search(MpegHeader.NONE);
        if (at < 0) throw input.refusal("no MPEG layer III frame found" + AudioKind.EXPECTED, headOffset);
        advance(at);
        header = headerAt(0);
        return header;
    }

    /** The next frame, its header included; empty at the end of the sound. */
    Optional<byte[]> next() throws IOException {
        while (skipTag()) {}
        if (!have(4)) return Optional.empty();
        MpegHeader next = headerAt(0);
        if (!header.continuesWith(next)) {
            // Silence or a tag nobody knows may stand at the end; before more sound it is damage.
            long damage = headOffset;
            while (have(4)) {
                if (search(header) >= 0) throw input.refusal("no MPEG frame like those before it", damage);
                advance(Math.min(SEARCH_BYTES, tail - head));
            }
            return Optional.empty();
        }
        if (!have(next.frameByteLength())) return Optional.empty();
        byte[] frame = Arrays.copyOfRange(buffer, head, head + next.frameByteLength());
        if (!MpegSideInfo.isPossible(next, frame)) throw input.refusal("damaged MPEG frame", headOffset);
        advance(frame.length);
        return Optional.of(frame);
    }

    /** Bytes from the start of the file to what is read next. */
    long offset() {
        return headOffset;
    }

    /** Distance to a header that another one follows where it says, or -1. */
    private int search(MpegHeader like) throws IOException {
        for (int at = 0; at < SEARCH_BYTES && have(at + 4); at++) {
            MpegHeader here = headerAt(at);
            if (here.isNone() || (!like.isNone() && !like.continuesWith(here))) continue;
            int after = at + here.frameByteLength();
            if (have(after + 4) ? here.continuesWith(headerAt(after)) : have(after) && !have(after + 1)) return at;
        }
        return -1;
    }

    private boolean skipTag() throws IOException {
        if (!have(4)) return false;
        if (startsWith("ID3") && have(10)) {
            skip(10L + syncSafe(6) + ((buffer[head + 5] & 0x10) != 0 ? 10 : 0));
            return true;
        }
        if (startsWith("TAG") && !header.isNone()) {
            skip(ID3V1_BYTES);
            return true;
        }
        if (startsWith("APETAGEX") && have(32)) {
            // The size counts what follows a header; a footer standing alone is the end of what was counted.
            long items = Integer.toUnsignedLong(Integer.reverseBytes(int32(12)));
            boolean isHeader = (buffer[head + 23] & 0x20) != 0;
            skip(isHeader ? 32 + items : 32);
            return true;
        }
        return false;
    }

    private long syncSafe(int at) {
        long value = 0;
        for (int i = 0; i < 4; i++) value = (value << 7) | (buffer[head + at + i] & 0x7F);
        return value;
    }

    private boolean startsWith(String text) throws IOException {
        if (!have(text.length())) return false;
        for (int i = 0; i < text.length(); i++) if (buffer[head + i] != text.charAt(i)) return false;
        return true;
    }

    private MpegHeader headerAt(int at) {
        return MpegHeader.parse(int32(at));
    }

    private int int32(int at) {
        int i = head + at;
        return (buffer[i] << 24)
                | ((buffer[i + 1] & 0xFF) << 16)
                | ((buffer[i + 2] & 0xFF) << 8)
                | (buffer[i + 3] & 0xFF);
    }

    private void skip(long count) {
        long buffered = Math.min(count, tail - head);
        advance((int) buffered);
        if (count > buffered) {
            headOffset += in.skip(count - buffered);
        }
    }

    private void advance(int count) {
        head += count;
        headOffset += count;
    }

    private boolean have(int count) throws IOException {
        if (tail - head >= count) return true;
        if (head + count > buffer.length) {
            System.arraycopy(buffer, head, buffer, 0, tail - head);
            tail -= head;
            head = 0;
        }
        while (tail - head < count) {
            int n = in.read(buffer, tail, buffer.length - tail);
            if (n < 0) return false;
            tail += n;
        }
        return true;
    }
}
