package dev.outdial.media.file;

/** Makes damaged Ogg pages look whole, so that the damage reaches the Vorbis decoder. */
public final class OggChecksums {
    private OggChecksums() {}

    public static byte[] repaired(byte[] ogg) {
        int at = 0;
        while (at + 27 <= ogg.length) {
            int segments = ogg[at + 26] & 0xFF;
            int end = at + 27 + segments;
            for (int i = 0; i < segments && at + 27 + i < ogg.length; i++) end += ogg[at + 27 + i] & 0xFF;
            if (end > ogg.length) break;
            for (int i = 22; i < 26; i++) ogg[at + i] = 0;
            int crc = 0;
            for (int i = at; i < end; i++) {
                crc ^= ogg[i] << 24;
                for (int bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04C11DB7 : 0);
            }
            for (int i = 0; i < 4; i++) ogg[at + 22 + i] = (byte) (crc >> (8 * i));
            at = end;
        }
        return java.util.Arrays.copyOf(ogg, at);
    }
}
