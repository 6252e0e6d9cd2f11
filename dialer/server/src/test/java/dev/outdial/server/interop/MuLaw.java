package dev.outdial.server.interop;

/** G.711 mu-law from the book, so that the product's own table is not judged by itself. */
final class MuLaw {
    private MuLaw() {}

    static short[] decode(byte[] encoded) {
        var samples = new short[encoded.length];
        for (int i = 0; i < encoded.length; i++) samples[i] = decode(encoded[i]);
        return samples;
    }

    private static short decode(byte encoded) {
        int bits = ~encoded;
        int magnitude = (((bits & 0x0F) << 3) + 0x84 << ((bits & 0x70) >> 4)) - 0x84;
        return (short) ((bits & 0x80) == 0 ? magnitude : -magnitude);
    }
}
