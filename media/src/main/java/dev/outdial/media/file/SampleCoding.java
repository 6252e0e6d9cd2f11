package dev.outdial.media.file;

import dev.outdial.media.codec.G711;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How one sample is kept where each has its own bytes. */
enum SampleCoding {
    UNSIGNED_8(1, "PCM 8 bit"),
    SIGNED_8(1, "PCM 8 bit"),
    PCM_16(2, "PCM 16 bit"),
    PCM_24(3, "PCM 24 bit"),
    PCM_32(4, "PCM 32 bit"),
    FLOAT_32(4, "float 32 bit"),
    FLOAT_64(8, "float 64 bit"),
    MU_LAW(1, "mu-law"),
    A_LAW(1, "A-law");

    private final int byteLength;
    private final String title;

    SampleCoding(int byteLength, String title) {
        this.byteLength = byteLength;
        this.title = title;
    }

    int byteLength() {
        return byteLength;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** The next sample at full scale from -1 to 1, in the byte order of the buffer. What a float says is not bounded. */
    float next(ByteBuffer from) {
        return switch (this) {
            case UNSIGNED_8 -> ((from.get() & 0xFF) - 128) / 128f;
            case SIGNED_8 -> from.get() / 128f;
            case PCM_16 -> from.getShort() / 32768f;
            case PCM_24 -> int24(from) / 8388608f;
            case PCM_32 -> from.getInt() / 0x1p31f;
            case FLOAT_32 -> number(from.getFloat());
            case FLOAT_64 -> number((float) from.getDouble());
            case MU_LAW -> G711.fromMuLaw(from.get()) / 32768f;
            case A_LAW -> G711.fromALaw(from.get()) / 32768f;
        };
    }

    private static int int24(ByteBuffer from) {
        byte first = from.get();
        int middle = (from.get() & 0xFF) << 8;
        byte last = from.get();
        return from.order() == ByteOrder.LITTLE_ENDIAN
                ? (last << 16) | middle | (first & 0xFF)
                : (first << 16) | middle | (last & 0xFF);
    }

    /** One channel that is no number must not silence the others, nor one beyond all measure drown them. */
    private static float number(float sample) {
        return Float.isNaN(sample) ? 0 : Math.clamp(sample, -8f, 8f);
    }
}
