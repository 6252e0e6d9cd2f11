package dev.outdial.server.calls;

import java.util.Optional;

/** An application that somebody wants; parts as in {@link ApplicationRecord}. */
public record NewApplication(
        String name, boolean autoAnswer, String origin, Optional<Callbacks> callbacks, String details) {}
