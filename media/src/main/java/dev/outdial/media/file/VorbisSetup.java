package dev.outdial.media.file;

/**
 * Walks over the codebooks of a Vorbis setup header (Vorbis I section 3.2.1) before the decoder sees them: it would
 * allocate by their announced sizes, which a small damaged file can make huge.
 */
final class VorbisSetup {
    private static final int MAX_ENTRIES = 1 << 16;
    private static final int MAX_VALUES = 1 << 19;
    private static final int HEADER_BITS = 7 * 8;

    private final byte[] packet;
    private long bit = HEADER_BITS;

    private VorbisSetup(byte[] packet) {
        this.packet = packet;
    }

    /** Whether the codebooks are of a size that real encoders make. */
    static boolean isSane(byte[] packet) {
        return new VorbisSetup(packet).codebooksAreSane();
    }

    private boolean codebooksAreSane() {
        int books = read(8) + 1;
        long values = 0;
        for (int i = 0; i < books; i++) {
            if (read(24) != 0x564342) return false;
            int dimensions = read(16);
            int entries = read(24);
            values += (long) dimensions * entries;
            if (entries == 0 || entries > MAX_ENTRIES || values > MAX_VALUES) return false;
            if (!skipLengths(entries) || !skipLookup(dimensions, entries)) return false;
        }
        return !exhausted();
    }

    private boolean skipLengths(int entries) {
        if (read(1) == 1) {
            read(5);
            for (int i = 0; i < entries; ) {
                if (exhausted()) return false;
                i += read(32 - Integer.numberOfLeadingZeros(entries - i));
            }
            return true;
        }
        boolean sparse = read(1) == 1;
        for (int i = 0; i < entries && !exhausted(); i++) if (!sparse || read(1) == 1) read(5);
        return !exhausted();
    }

    private boolean skipLookup(int dimensions, int entries) {
        int type = read(4);
        if (type == 0) return true;
        if (type > 2 || dimensions == 0) return false;
        bit += 64;
        int valueBits = read(4) + 1;
        bit += 1;
        long values = type == 2 ? (long) entries * dimensions : rootOf(entries, dimensions);
        bit += values * valueBits;
        return !exhausted();
    }

    /** The largest whole number whose power of {@code dimensions} is not above {@code entries}. */
    private static long rootOf(int entries, int dimensions) {
        long root = (long) Math.floor(Math.pow(entries, 1.0 / dimensions)) + 1;
        while (Math.pow((double) root, dimensions) > entries) root--;
        return root;
    }

    private boolean exhausted() {
        return bit > 8L * packet.length;
    }

    private int read(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++, bit++) {
            int at = (int) (bit >> 3);
            if (at < packet.length) value |= (packet[at] >> (bit & 7) & 1) << i;
        }
        return value;
    }
}
