package dev.outdial.dialer.gather;

import java.util.Objects;
import java.util.Optional;

/**
 * What a gathering of keys came to.
 *
 * @param digits what was pressed, without the terminating key; may be empty
 * @param reason why it ended
 * @param tag the request's
 */
public record Gathered(String digits, GatherEnd reason, Optional<String> tag) {
    public Gathered {
        Objects.requireNonNull(digits, "digits");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(tag, "tag");
    }
}
