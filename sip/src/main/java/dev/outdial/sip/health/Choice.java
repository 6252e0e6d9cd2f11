package dev.outdial.sip.health;

import dev.outdial.sip.message.Hop;
import java.util.List;

/** Which hops to try now. */
public sealed interface Choice {
    /**
     * These, in this order.
     *
     * @param hops at least one
     */
    record Usable(List<Hop> hops) implements Choice {
        /** Refuses an empty list. */
        public Usable {
            if (hops.isEmpty()) throw new IllegalArgumentException("usable, but no hops");
            hops = List.copyOf(hops);
        }
    }

    /**
     * None.
     *
     * @param why one sentence, such as {@code udp:192.0.2.1:5060 asked for 20 s of rest (503)}
     * @param untilNanos when the first of them may be tried again, on the clock that was given
     */
    record None(String why, long untilNanos) implements Choice {}
}
