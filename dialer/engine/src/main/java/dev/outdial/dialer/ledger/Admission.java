package dev.outdial.dialer.ledger;

import java.time.Instant;
import java.util.Objects;

/** A ledger's answer: go, no, or not yet. */
public sealed interface Admission permits Permit, Admission.Refused, Admission.Later {

    /**
     * This leg is not dialled.
     *
     * @param rule the rule that says so, in a word or two
     * @param why one sentence for people
     */
    record Refused(String rule, String why) implements Admission {
        public Refused {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * Ask again then.
     *
     * @param when not before this time
     * @param rule the rule that says so, in a word or two
     */
    record Later(Instant when, String rule) implements Admission {
        /** The rule of a trunk's pace: who waits for it holds up the others who wait for that trunk, and comes before them. */
        public static final String PACE = "pace";

        public Later {
            Objects.requireNonNull(when, "when");
            Objects.requireNonNull(rule, "rule");
        }

        /** For want of a free place. */
        public Later(Instant when) {
            this(when, PACE);
        }
    }
}
