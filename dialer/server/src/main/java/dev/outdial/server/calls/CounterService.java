package dev.outdial.server.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts what may happen so often within a time and no more. A counter begins when something is first counted, and is forgotten when the
 * longest time that was asked for since has passed from then. It outlives the server. Threading and errors as {@link CallService}.
 */
public interface CounterService {
    /**
     * Counts once more, where fewer than {@code limit} were counted: compared and counted in one transaction.
     *
     * @param name which counter of the account, 512 characters at most
     * @param limit from 1 on; others may compare the same counter with limits of their own
     * @param remembered for how long from the first time on
     * @return what {@link #undo} takes; empty where the limit is reached
     */
    Optional<Counted> count(String account, String name, long limit, Duration remembered);

    /** Whether {@link #count} would count nothing. */
    boolean isReached(String account, String name, long limit, Duration remembered);

    /** It did not happen after all. Does nothing where the counter was forgotten meanwhile. */
    void undo(Counted counted);

    /** Something that was counted. @param begun when the counter began */
    record Counted(String account, String name, Instant begun) {}
}
