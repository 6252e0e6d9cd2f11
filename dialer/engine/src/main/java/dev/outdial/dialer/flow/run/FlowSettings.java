package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.machine.FlowLimits;
import dev.outdial.dialer.sound.FetchOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What flows may use beside their own call.
 *
 * @param trunks over which numbers and extensions are called, the first first; where none is named, by the trunk of the flow's own call
 * @param flows finds a flow by its id
 * @param optOut takes a number on the do-not-call list; called on a virtual thread, may block
 * @param media the folder that files are played from; none are where empty
 * @param recordings the folder that recordings are written to
 * @param http who may be asked and told by HTTP
 * @param limits what ends a flow that would not end by itself
 */
public record FlowSettings(
        List<String> trunks,
        Function<String, Optional<Flow>> flows,
        Consumer<String> optOut,
        Optional<Path> media,
        Path recordings,
        FetchOptions http,
        FlowLimits limits) {
    /** Copies the trunks. */
    public FlowSettings {
        trunks = List.copyOf(trunks);
    }
}
