package dev.outdial.sip.dialog;

import java.util.List;
import java.util.OptionalLong;

/** Compares points of a monotonic clock, which may wrap around. */
final class Deadlines {
    private Deadlines() {}

    static OptionalLong earliest(List<OptionalLong> deadlines) {
        OptionalLong earliest = OptionalLong.empty();
        for (OptionalLong deadline : deadlines) {
            if (deadline.isEmpty()) continue;
            if (earliest.isEmpty() || deadline.getAsLong() - earliest.getAsLong() < 0) earliest = deadline;
        }
        return earliest;
    }
}
