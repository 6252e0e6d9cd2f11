package dev.outdial.media.codec;

import java.nio.ByteBuffer;

/** What an Opus packet says of itself (RFC 6716 section 3). */
final class OpusPacket {
    private static final int SAMPLES_PER_MILLI = 8;
    private static final int MAX_FRAMES = 48;

    private OpusPacket() {}

    /** How long it sounds, in samples at 8,000 a second: 20 to 960, or 0 where no packet can be like this. */
    static int samplesIn(ByteBuffer packet, int offset, int byteLength) {
        if (byteLength < 1) return 0;
        int toc = packet.get(offset) & 0xFF;
        int frames = frames(toc & 3, packet, offset, byteLength);
        int samples = frames * frameSamples(toc >> 3);
        return samples <= SoundDecoder.MAX_SAMPLES ? samples : 0;
    }

    private static int frames(int code, ByteBuffer packet, int offset, int byteLength) {
        if (code == 0) return 1;
        if (code < 3) return 2;
        int count = byteLength < 2 ? 0 : packet.get(offset + 1) & 0x3F;
        return count <= MAX_FRAMES ? count : 0;
    }

    /** By the configuration number (table 2): 10 to 60 ms of SILK, 10 and 20 ms of both, 2.5 to 20 ms of CELT. */
    private static int frameSamples(int configuration) {
        if (configuration < 12) {
            int size = configuration & 3;
            return (size == 3 ? 60 : 10 << size) * SAMPLES_PER_MILLI;
        }
        if (configuration < 16) return (10 << (configuration & 1)) * SAMPLES_PER_MILLI;
        return 20 << (configuration & 3);
    }
}
