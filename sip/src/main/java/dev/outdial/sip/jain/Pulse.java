package dev.outdial.sip.jain;

/**
 * Tells from looking at a stack every few seconds whether it still works: its threads live, and of what was received something is read from
 * one look to the next. It counts looks and knows no clock: a machine that was asleep has missed them. Mutable with one owner.
 */
final class Pulse {
    /** Every five seconds: for ten seconds nothing was read. */
    private static final int MOST_LOOKS_IN_VAIN = 3;

    private long readBefore;
    private int looksInVain;

    /**
     * Whether it works.
     *
     * @param attended whether all its threads live
     * @param received how many datagrams were handed over so far
     * @param read how many it began to read so far
     */
    boolean beats(boolean attended, long received, long read) {
        looksInVain = read < received && read == readBefore ? looksInVain + 1 : 0;
        readBefore = read;
        return attended && looksInVain < MOST_LOOKS_IN_VAIN;
    }
}
