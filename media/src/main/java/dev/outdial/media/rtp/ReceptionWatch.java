package dev.outdial.media.rtp;

/**
 * Notices that nothing comes from a far end that should send. Only RTP is a sign of life: RTCP goes on where the sound is
 * lost. What else counts, the caller decides by calling {@link #heard}. <b>Threading:</b> one owner.
 */
public final class ReceptionWatch {
    private final long timeoutNanos;
    private boolean expecting;
    private boolean told;
    private long sinceNanos;

    /** Notices silence of this length; zero: never. */
    public ReceptionWatch(long timeoutNanos) {
        if (timeoutNanos < 0) throw new IllegalArgumentException("timeout " + timeoutNanos);
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * Says whether the far end sends by agreement. The time runs from when it begins to; saying it again changes nothing, so
     * that a refreshed session does not hide a dead stream.
     */
    public void expect(boolean farEndSends, long nowNanos) {
        if (farEndSends && !expecting) {
            sinceNanos = nowNanos;
            told = false;
        }
        expecting = farEndSends;
    }

    /** Something was heard. */
    public void heard(long nowNanos) {
        sinceNanos = nowNanos;
        told = false;
    }

    /** When {@link #wake} has something to do; {@link Long#MAX_VALUE} while it has not. */
    public long nextDeadlineNanos() {
        return expecting && !told && timeoutNanos > 0 ? sinceNanos + timeoutNanos : Long.MAX_VALUE;
    }

    /**
     * Lets time pass. May be called late, early or twice.
     *
     * @return whether the far end has been silent for too long: once, until it is heard again
     */
    public boolean wake(long nowNanos) {
        if (!expecting || told || timeoutNanos == 0 || nowNanos - sinceNanos < timeoutNanos) return false;
        told = true;
        return true;
    }

    /** For how long nothing was heard. */
    public long silentNanos(long nowNanos) {
        return nowNanos - sinceNanos;
    }
}
