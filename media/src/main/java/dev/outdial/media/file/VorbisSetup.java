package dev.outdial.media.file;

/**
 * Walks over the codebooks, floors and residues of a Vorbis setup header (Vorbis I section 4.2.4) before the decoder sees them: it
 * would allocate by their announced sizes, which a small damaged file can make huge.
 */
final class VorbisSetup {
    private static final int MAX_ENTRIES = 1 << 16;
    private static final int MAX_VALUES = 1 << 19;
    private static final int MAX_ENTRIES_TOGETHER = 1 << 17;
    private static final int HEADER_BITS = 7 * 8;

    private final byte[] packet;
    private long bit = HEADER_BITS;
    private int[] bookEntries = {};
    private int[] bookDimensions = {};

    private VorbisSetup(byte[] packet) {
        this.packet = packet;
    }

    /** Whether all is of a size that real encoders make. */
    static boolean isSane(byte[] packet) {
        var setup = new VorbisSetup(packet);
        return setup.codebooksAreSane() && setup.skipFloors() && setup.residuesAreSane();
    }

    private boolean codebooksAreSane() {
        int books = read(8) + 1;
        bookEntries = new int[books];
        bookDimensions = new int[books];
        long values = 0;
        long allEntries = 0;
        for (int i = 0; i < books; i++) {
            if (read(24) != 0x564342) return false;
            int dimensions = read(16);
            int entries = read(24);
            values += (long) dimensions * entries;
            allEntries += entries;
            if (entries == 0 || entries > MAX_ENTRIES || dimensions == 0) return false;
            if (values > MAX_VALUES || allEntries > MAX_ENTRIES_TOGETHER) return false;
            if (!skipLengths(entries) || !skipLookup(dimensions, entries)) return false;
            bookEntries[i] = entries;
            bookDimensions[i] = dimensions;
        }
        return !exhausted();
    }

    private boolean skipFloors() {
        // Placeholders that mean nothing (section 4.2.4, time domain transforms).
        int times = read(6) + 1;
        bit += 16L * times;
        int floors = read(6) + 1;
        for (int i = 0; i < floors && !exhausted(); i++) {
            int type = read(16);
            if (type == 0) {
                bit += 8 + 16 + 16 + 6 + 8;
                int books = read(4) + 1;
                bit += 8L * books;
            } else if (type == 1) skipFloor1();
            else return false;
        }
        return !exhausted();
    }

    private void skipFloor1() {
        int partitions = read(5);
        int[] classes = new int[partitions];
        int classCount = 0;
        for (int i = 0; i < partitions; i++) {
            classes[i] = read(4);
            classCount = Math.max(classCount, classes[i] + 1);
        }
        int[] dimensions = new int[classCount];
        for (int i = 0; i < classCount; i++) {
            dimensions[i] = read(3) + 1;
            int subclassBits = read(2);
            if (subclassBits > 0) bit += 8;
            bit += 8L << subclassBits;
        }
        bit += 2;
        int rangeBits = read(4);
        for (int c : classes) bit += (long) dimensions[c] * rangeBits;
    }

    /** A residue's classifications in all combinations that one code stands for: the decoder makes a table of them. */
    private boolean residuesAreSane() {
        int residues = read(6) + 1;
        for (int i = 0; i < residues; i++) {
            if (read(16) > 2) return false;
            bit += 24 + 24 + 24;
            int classifications = read(6) + 1;
            int book = read(8);
            if (exhausted() || book >= bookEntries.length) return false;
            double combinations = Math.pow(classifications, bookDimensions[book]);
            if (combinations > bookEntries[book]) return false;
            int stages = 0;
            for (int c = 0; c < classifications; c++) {
                int low = read(3);
                int high = read(1) == 1 ? read(5) : 0;
                stages += Integer.bitCount(high << 3 | low);
            }
            bit += 8L * stages;
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
