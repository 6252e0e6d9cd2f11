package dev.outdial.server.calls;

import java.time.Instant;

/**
 * Whose calls, trunks and keys they are.
 *
 * @param id a UUID; {@link #FIRST} for the one that every server has
 * @param enabled whether its keys are taken
 * @param verified whether compatible APIs that ask for it treat it as verified
 * @param telephony whether it may place calls
 */
public record AccountRecord(
        String id,
        String name,
        boolean enabled,
        boolean verified,
        boolean telephony,
        Instant created,
        Instant updated) {
    /** The account that a server begins with, which may see and change the others. */
    public static final String FIRST = "00000000-0000-0000-0000-000000000001";
}
