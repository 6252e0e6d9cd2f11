package dev.outdial.server.facade.neutrino;

import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CounterService;
import dev.outdial.server.calls.CounterService.Counted;
import dev.outdial.server.calls.ImmediateCalls;
import dev.outdial.server.calls.ImmediateCalls.Placing;
import dev.outdial.server.calls.NewCall;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.Services;
import dev.outdial.server.facade.Client;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Places calls, so many to one number. <b>Threading:</b> any. */
final class Placer {
    private static final Duration RING = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ImmediateCalls calls;
    private final CounterService counters;

    Placer(Services services) {
        calls = services.immediate();
        counters = services.counters();
    }

    /**
     * How many calls may go to a number.
     *
     * @param days for how long they are remembered
     */
    record Limit(int calls, int days) {
        private static final int MOST_CALLS = 1_000_000;
        private static final int MOST_DAYS = 365;

        static Limit of(Parameters parameters) throws Refusal {
            return new Limit(
                    parameters.integer("limit", 1, MOST_CALLS, 3), parameters.integer("limit-ttl", 1, MOST_DAYS, 1));
        }

        Duration remembered() {
            return Duration.ofDays(days);
        }
    }

    /**
     * Places a call, and counts it.
     *
     * @param endpoint which counts for itself
     * @param objection looks whether there will be something to hear, where the limit is not reached
     * @return whether it is dialled; not so where the guard or the callee forbids it
     */
    boolean isPlaced(Client client, String endpoint, NewCall call, Limit limit, Supplier<Optional<String>> objection)
            throws Refusal {
        String account = client.account();
        String counter = NeutrinoFacade.NAME + " " + endpoint + " " + client.name() + " "
                + call.to().target();
        // Looked at first, so that nothing is fetched for a call that is not placed.
        if (counters.isReached(account, counter, limit.calls(), limit.remembered())) {
            throw new Refusal(ApiError.NUMBER_LIMITED);
        }
        Optional<String> unheard = objection.get();
        if (unheard.isPresent()) throw new Refusal(ApiError.NO_AUDIO, unheard.get());
        Optional<Counted> counted = counters.count(account, counter, limit.calls(), limit.remembered());
        if (counted.isEmpty()) throw new Refusal(ApiError.NUMBER_LIMITED);
        return isPlaced(account, call, counted.get());
    }

    /** A call that is not placed is not counted. */
    private boolean isPlaced(String account, NewCall call, Counted counted) throws Refusal {
        boolean isPlaced = false;
        try {
            isPlaced = switch (calls.place(account, call)) {
                case Placing.Placed placed -> true;
                case Placing.Forbidden forbidden -> false;
                case Placing.InProgress inProgress -> throw new Refusal(ApiError.CALL_IN_PROGRESS);
                case Placing.NoChannel noChannel -> throw new Refusal(ApiError.TOO_MANY_CALLS);
            };
            return isPlaced;
        } finally {
            if (!isPlaced) counters.undo(counted);
        }
    }

    /** A call over the first trunk. */
    static NewCall call(String e164, CallPlan plan) {
        return new NewCall(
                NeutrinoFacade.NAME,
                Optional.empty(),
                new Address(Address.Type.TEL, e164, ""),
                Optional.empty(),
                plan,
                RING,
                LONGEST,
                Schedule.NOW,
                Optional.empty(),
                "",
                "",
                Map.of(),
                Map.of(),
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }
}
