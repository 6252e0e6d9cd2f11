package dev.outdial.media.net;

/** What a {@link MediaLoop} carries. Every method is called on the loop that has the member, and returns at once. */
public interface LoopMember {
    /**
     * A packet time has come.
     *
     * @param missedTicks packet times that went by without a call since the last one, because the loop was held up
     * @return whether a packet left: only those count for lateness
     */
    boolean send(int missedTicks, long nowNanos);

    /** Called after the sends of all members that were due together: reads what has arrived. */
    void receive(long nowNanos);

    /** A call to this member threw, an error perhaps; it was removed and is not called again. */
    void failed(Throwable problem);
}
