package dev.outdial.dialer.guard;

import java.util.Optional;

/**
 * What a target is, in the eyes of the numbering plan.
 *
 * @param kind of what sort
 * @param e164 the number with its country code, {@code +} first; empty for what is no public number
 * @param country ISO 3166-1 alpha-2 code of the country, or of the territory within a shared plan; empty for numbers of no country
 */
public record Destination(Kind kind, Optional<String> e164, Optional<String> country) {
    /** Sorts of targets. */
    public enum Kind {
        /** Somebody's telephone. */
        ORDINARY,
        /** Billed to the caller beyond the call. */
        PREMIUM,
        /** Its cost is shared between caller and callee. */
        SHARED_COST,
        /** A satellite telephone, or a network of no country. */
        SATELLITE,
        /** A number that follows a person or a company around. */
        PERSONAL,
        /** Police, fire brigade, ambulance. */
        EMERGENCY,
        /** Looks like a number, and the plan assigns it to nobody. */
        UNASSIGNED,
        /** Seven digits or more without a country, where none was said: nobody knows whom it reaches. */
        NATIONAL,
        /** A name or an extension of the trunk's own: no public number. */
        INTERNAL
    }
}
