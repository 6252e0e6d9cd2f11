package dev.outdial.sip.jain;

/**
 * Tells from looking at a stack every few seconds whether it still works: its threads live, and it does not work on the same datagram from
 * one look to the next. It counts looks and knows no clock: a machine that was asleep has missed them. Mutable with one owner.
 */
final class Pulse {
    /** Every five seconds: for ten seconds nothing was done. */
    private static final int MOST_LOOKS_IN_VAIN = 3;

    private long doneBefore;
    private int looksInVain;

    /**
     * Whether it works.
     *
     * @param attended whether all its threads live
     * @param received how many datagrams were handed over so far
     * @param done of how many it has come back for the next
     */
    boolean beats(boolean attended, long received, long done) {
        looksInVain = done < received && done == doneBefore ? looksInVain + 1 : 0;
        doneBefore = done;
        return attended && looksInVain < MOST_LOOKS_IN_VAIN;
    }
}
