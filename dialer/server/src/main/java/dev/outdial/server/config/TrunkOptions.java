package dev.outdial.server.config;

import dev.outdial.server.calls.Secret;
import dev.outdial.server.calls.TrunkSettings;
import java.util.Optional;

/**
 * A trunk of the configuration.
 *
 * @param callerId the number to call from
 * @param displayName the name beside it
 */
public record TrunkOptions(
        TrunkSettings settings,
        Optional<Secret> password,
        Optional<String> callerId,
        Optional<String> displayName,
        boolean symmetricRtp) {}
