package dev.outdial.server.calls;

import java.util.List;
import java.util.Optional;

/**
 * Some of many.
 *
 * @param next the cursor of the next page; empty where this is the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
