package dev.outdial.media.srtp;

import dev.outdial.media.rtp.SequenceUnwrapper;

/**
 * Which packets of one source went by. A packet's index is its sequence number with the rollovers, how often the numbers began
 * again at 0, in front (RFC 3711 section 3.3.1). <b>Threading:</b> one owner.
 */
final class RtpSource {
    private static final int NUMBER_BITS = 16;
    /** With one key no more packets may be sent (section 9.2). */
    private static final long PACKETS_OF_A_KEY = 1L << 48;

    private final long rolledOver;
    private final SequenceUnwrapper numbers = SequenceUnwrapper.ofSequenceNumbers();
    private final ReplayWindow window = new ReplayWindow();

    /** @param firstIndex of the packet that it begins with */
    RtpSource(long firstIndex) {
        int number = (int) firstIndex & 0xFFFF;
        rolledOver = firstIndex - number;
        numbers.restart(number);
    }

    static long index(long rollovers, int number) {
        return rollovers << NUMBER_BITS | number;
    }

    /** How often the numbers had begun again at the packet of this index, as its tag says: in 32 bits. */
    static int rollovers(long index) {
        return (int) (index >>> NUMBER_BITS);
    }

    /** How often the numbers began again up to the furthest packet. */
    long rollovers() {
        return rolledOver + numbers.highest() >> NUMBER_BITS;
    }

    /** The index of the packet with this number that is nearest to the furthest one; negative before the first of all. */
    long index(int number) {
        return rolledOver + numbers.peek(number);
    }

    boolean isNew(long index) {
        return index >= 0 && index < PACKETS_OF_A_KEY && window.isNew(index);
    }

    /** @param index of a packet that {@link #isNew}; for one received, only where it is authentic */
    void add(long index) {
        window.add(index);
        numbers.unwrap((int) index & 0xFFFF);
    }
}
