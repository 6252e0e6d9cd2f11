package dev.outdial.media.file;

/**
 * Looks whether what a frame of MPEG audio layer III says about itself (ISO 11172-3 section 2.4.1.7, 13818-3 section 2.4.1.7) can be:
 * a decoder would make noise of a frame whose side information is damaged, and the format has no checksum that encoders
 * write.
 */
final class MpegSideInfo {
    private static final int MAX_BIG_VALUES = 288;

    private final byte[] frame;
    private int bit;

    private MpegSideInfo(byte[] frame, int bit) {
        this.frame = frame;
        this.bit = bit;
    }

    /** Whether the frame, its header included, is one that an encoder can make. */
    static boolean isPossible(MpegHeader header, byte[] frame) {
        boolean hasChecksum = (frame[1] & 1) == 0;
        int start = hasChecksum ? 6 : 4;
        int end = start + header.tagOffset() - 4;
        return frame.length >= end && new MpegSideInfo(frame, 8 * start).isPossible(header, frame.length - end);
    }

    private boolean isPossible(MpegHeader header, int mainDataBytes) {
        boolean first = header.version() == 1;
        int channels = header.mono() ? 1 : 2;
        int granules = first ? 2 : 1;
        int mainDataBits = 8 * (read(first ? 9 : 8) + mainDataBytes);
        if (first) bit += header.mono() ? 5 + 4 : 3 + 8;
        else bit += channels;
        for (int i = 0; i < granules * channels; i++) {
            mainDataBits -= read(12);
            if (mainDataBits < 0 || read(9) > MAX_BIG_VALUES) return false;
            bit += 8 + (first ? 4 : 9);
            if (!tablesExist()) return false;
            bit += first ? 3 : 2;
        }
        return true;
    }

    private boolean tablesExist() {
        boolean switched = read(1) == 1;
        if (switched && read(2) == 0) return false;
        if (switched) bit++;
        int tables = switched ? 2 : 3;
        for (int i = 0; i < tables; i++) {
            int table = read(5);
            if (table == 4 || table == 14) return false;
        }
        bit += switched ? 9 : 7;
        return true;
    }

    private int read(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++, bit++) value = value << 1 | (frame[bit >> 3] >> (7 - (bit & 7)) & 1);
        return value;
    }
}
