package dev.outdial.sip.dialog;

/** Session timers (RFC 4028): what is offered, agreed and due. Pure. */
public final class SessionTimer {
    private SessionTimer() {}

    /**
     * What was agreed on.
     *
     * @param intervalSeconds after how long without a refresh the session is over, 90 or more
     * @param weRefresh whether refreshing is ours to do
     */
    public record Terms(int intervalSeconds, boolean weRefresh) {
        /** Checks the range. */
        public Terms {
            if (intervalSeconds < 90) throw new IllegalArgumentException("session interval " + intervalSeconds + " s");
        }
    }
}
