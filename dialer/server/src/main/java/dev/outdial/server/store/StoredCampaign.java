package dev.outdial.server.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A campaign: what its calls have in common. Its calls are rows of their own.
 *
 * @param state running, paused, canceling (nobody is dialled any more, and what waits is about to end), canceled or ended
 * @param body the rest, as JSON
 * @param rowCount how many numbers it has
 * @param atOnce how many of its calls may be up at a time; any number where empty
 * @param perSecond how many of its calls may begin in a second; any number where empty
 */
public record StoredCampaign(
        String id,
        String account,
        String name,
        String state,
        String body,
        int rowCount,
        OptionalInt atOnce,
        OptionalDouble perSecond,
        Instant created,
        Instant updated,
        Optional<Instant> ended) {}
