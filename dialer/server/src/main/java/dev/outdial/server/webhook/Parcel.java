package dev.outdial.server.webhook;

import dev.outdial.server.store.OutboxRow;
import java.util.List;

/**
 * A delivery that is to be made now.
 *
 * @param keys what it is signed with; empty for not at all
 */
record Parcel(OutboxRow row, Target target, List<SigningKey> keys) {
    Parcel {
        keys = List.copyOf(keys);
    }
}
