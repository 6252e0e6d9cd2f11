package dev.outdial.dialer.outcome;

/** What the cause values of ITU-T Q.850 mean for a call that was not answered. Pure. */
final class Q850 {
    static final int USER_BUSY = 17;
    static final int NO_USER_RESPONDING = 18;
    static final int NO_ANSWER = 19;
    static final int CALL_REJECTED = 21;
    static final int ANSWERED_ELSEWHERE = 26;

    private Q850() {}

    /** Whether it speaks of numbers, routes, circuits and services: nobody's telephone said this. */
    static boolean isOfTheNetwork(int cause) {
        return switch (cause) {
            case 1, 2, 3, 5, 22, 25, 27, 28, 29, 30 -> true;
            default -> cause >= 34 && cause <= 63 || cause >= 65 && cause <= 87 || cause >= 91 && cause <= 102;
        };
    }

    /**
     * Whether the same call may fare better a little later: destination out of order (27), no circuit, network out of order, temporary
     * failure, congestion, no channel, preempted, no resource (34 to 47), a timer that ran out (102).
     */
    static boolean mayPass(int cause) {
        return cause == 27 || cause >= 34 && cause <= 47 || cause == 102;
    }
}
