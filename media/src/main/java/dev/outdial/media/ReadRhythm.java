package dev.outdial.media;

/**
 * Decides how many datagrams to look for in a packet time. The look that finds nothing costs a system call like the others;
 * every second one is saved where it is known what comes: one packet in each packet time, or none. No packet waits longer than a
 * packet time for it, and none behind it. Deterministic. <b>Threading:</b> one owner.
 *
 * <pre>
 *   steady, one a tick       found  1 1 1 1 1 1 1 1  1  1  1     looks for  all ... all  1 all  1 all
 *   one came twice as late   found  1 0 2 1 ...                  looks for  all all all all ...
 *   silent for 50 ticks      found  0 0 ... 0  0  1              looks for  all ... all  0 all  0 all all
 * </pre>
 */
final class ReadRhythm {
    /** Enough for a backlog of a second; more is left for the next tick, so that nobody can hold the loop up. */
    static final int ALL = 50;

    private static final int STEADY_TICKS = 8;
    private static final int SILENT_TICKS = 50;

    private int steadyTicks;
    private int silentTicks;
    private boolean lookedForAll;

    /** The most datagrams to read in this tick: 0, 1 or {@link #ALL}. */
    int limit() {
        if (!lookedForAll) return ALL;
        if (silentTicks >= SILENT_TICKS) return 0;
        return steadyTicks >= STEADY_TICKS ? 1 : ALL;
    }

    /** Says what came of it. */
    void found(int limit, int count) {
        lookedForAll = limit == ALL;
        steadyTicks = count == 1 ? Math.min(STEADY_TICKS, steadyTicks + 1) : 0;
        if (count > 0) silentTicks = 0;
        else if (limit > 0) silentTicks = Math.min(SILENT_TICKS, silentTicks + 1);
    }
}
