package dev.outdial.server.calls;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a trunk does.
 *
 * @param state unregistered, registering, registered, failed, or ready where it needs no registration
 * @param sipCode of the last answer to a REGISTER or OPTIONS
 * @param reason why it failed; may be empty
 * @param until when the registration ends
 * @param channelsInUse calls that are up or being set up
 */
public record TrunkStatus(
        String state, OptionalInt sipCode, String reason, Optional<Instant> until, int channelsInUse) {}
