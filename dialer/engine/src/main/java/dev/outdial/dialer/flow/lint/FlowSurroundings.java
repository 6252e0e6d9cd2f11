package dev.outdial.dialer.flow.lint;

import dev.outdial.dialer.flow.machine.FlowLimits;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a flow finds when it is run.
 *
 * @param variables names that are set before it begins; the engine's own need no mention
 * @param media whether there is a file of that name below the folder that files are played from; empty where that is not known
 * @param limits what ends a flow that would not end by itself
 */
public record FlowSurroundings(Set<String> variables, Optional<Predicate<String>> media, FlowLimits limits) {
    /** No variables, unknown media and the standard limits. */
    public static final FlowSurroundings NONE = new FlowSurroundings(Set.of(), Optional.empty(), FlowLimits.STANDARD);

    /** Copies the names. */
    public FlowSurroundings {
        variables = Set.copyOf(variables);
    }

    /** The same with these variables, and no others. */
    public FlowSurroundings knowing(Set<String> names) {
        return new FlowSurroundings(names, media, limits);
    }

    /** The same with files of which somebody says whether they are there; may be asked on any thread, for any text. */
    public FlowSurroundings withMedia(Predicate<String> exists) {
        return new FlowSurroundings(variables, Optional.of(exists), limits);
    }

    /** The same with other limits. */
    public FlowSurroundings within(FlowLimits other) {
        return new FlowSurroundings(variables, media, other);
    }
}
