package dev.outdial.dialer;

import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.call.Talk;
import dev.outdial.sip.message.Replaces;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds one of the calls that go on. <b>Threading:</b> application threads; waits for the calls' mailboxes. */
final class RunningCalls {
    private RunningCalls() {}

    /** The answered call by that trunk whose dialog is named; empty where there is none. */
    static Optional<Leg> meantBy(Collection<Leg> running, Replaces replaces, String trunk) {
        for (Leg leg : running) {
            Talk runner = leg.placed().getNow(null);
            // A call that ends meanwhile is not there any more.
            if (runner != null
                    && CompletableFuture.anyOf(runner.isMeantBy(replaces, trunk), leg.ended())
                            .join()
                            .equals(true)) {
                return Optional.of(leg);
            }
        }
        return Optional.empty();
    }

    /** Completes when those by that trunk have ended that go on now, or are about to be placed. */
    static CompletableFuture<?> endOfThoseBy(Collection<Leg> running, String trunk) {
        return CompletableFuture.allOf(running.stream()
                .filter(leg -> {
                    Talk placed = leg.placed().getNow(null);
                    return placed == null || placed.goesBy(trunk);
                })
                .map(Leg::ended)
                .toArray(CompletableFuture[]::new));
    }
}
