package dev.outdial.server.cli;

import dev.outdial.dialer.SendLateness;
import dev.outdial.dialer.outcome.CallOutcome;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts how the calls of a load ended and what went over their wires. Thread-safe. */
final class LoadTally {
    private final int asked;
    private final Map<String, Integer> causes = new TreeMap<>();
    private int answered;
    private int failed;
    private int placed;
    private LoadReport.Rtp rtp = new LoadReport.Rtp(0, 0, 0, 0);
    private long keysHeard;
    private long[] setupNanos = new long[1024];
    private int setups;
    private int waited;

    /** @param asked how many calls are to be placed */
    LoadTally(int asked) {
        this.asked = asked;
    }

    /** A call that was placed has ended. */
    synchronized void count(CallOutcome outcome, CallResult.RtpReport wire, String keys) {
        rtp = rtp.plus(wire);
        keysHeard += keys.length();
        switch (outcome.kind()) {
            case COMPLETED -> answered++;
            case BUSY, NO_ANSWER, REJECTED, FAILED, CANCELED, REFUSED, UNKNOWN -> {
                String code =
                        outcome.sipCode().isPresent() ? " " + outcome.sipCode().getAsInt() : "";
                countLost(outcome.kind().word() + code);
            }
        }
        notifyAll();
    }

    /** A call was placed whose end is counted without anybody who waits for it. */
    synchronized void placed() {
        placed++;
    }

    /** Waits until as many have ended as {@link #placed} was told of. */
    synchronized void awaitPlaced() throws InterruptedException {
        while (answered + failed < placed) wait();
    }

    /** A call had to wait until another one was over. */
    synchronized void countWaited() {
        waited++;
    }

    /** A call that was dialled after the warm-up took that long from the INVITE to its answer. */
    synchronized void countSetup(long nanos) {
        if (setups == setupNanos.length) setupNanos = Arrays.copyOf(setupNanos, 2 * setups);
        setupNanos[setups++] = nanos;
    }

    /** All that {@link #countSetup} was told. */
    synchronized long[] setupNanos() {
        return Arrays.copyOf(setupNanos, setups);
    }

    /** A call that was placed came to nothing. */
    synchronized void countLost(String cause) {
        failed++;
        causes.merge(cause, 1, Integer::sum);
    }

    /**
     * What it all came to.
     *
     * @param setup what setting up took, where that was measured
     * @param steady what the process took while all calls were up, where that was measured
     */
    synchronized LoadReport report(
            SendLateness lateness, Optional<LoadReport.Setup> setup, Optional<LoadReport.Steady> steady) {
        return new LoadReport(
                asked,
                answered + failed,
                answered,
                failed,
                new TreeMap<>(causes),
                LoadReport.Lateness.of(lateness),
                rtp,
                keysHeard,
                waited,
                setup.orElse(null),
                steady.orElse(null));
    }
}
