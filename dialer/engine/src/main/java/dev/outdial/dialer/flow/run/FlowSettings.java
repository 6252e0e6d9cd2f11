package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.machine.FlowLimits;
import dev.outdial.dialer.sound.FetchOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What flows may use beside their own call.
 *
 * @param trunks asked for those over which numbers and extensions are called, the first first; where none is named, by the trunk of the flow's own call
 * @param flows finds a flow by its id
 * @param optOut takes a number on the do-not-call list; called on a virtual thread, may block
 * @param media the folder that files are played from; none are where empty
 * @param recordings the folder that recordings are written to; made where it is not there
 * @param http who may be asked and told by HTTP
 * @param limits what ends a flow that would not end by itself
 */
public record FlowSettings(
        Supplier<List<String>> trunks,
        Function<String, Optional<Flow>> flows,
        Consumer<String> optOut,
        Optional<Path> media,
        Path recordings,
        FetchOptions http,
        FlowLimits limits) {
    /**
     * Flows that call over these trunks, play no files, know no other flows, and ask and tell public addresses only. Recordings go to {@code
     * outdial-recordings} in the system's temporary folder. There is no do-not-call list: the step that would take a number on it fails,
     * since an opt-out that nobody keeps would be a lie.
     */
    public static FlowSettings of(String... trunks) {
        List<String> fixed = List.of(trunks);
        return over(() -> fixed);
    }

    /** The same with trunks that come and go: they are asked for when somebody is to be called. */
    public static FlowSettings over(Supplier<List<String>> trunks) {
        return new FlowSettings(
                trunks,
                id -> Optional.empty(),
                number -> {
                    throw new IllegalStateException("there is no do-not-call list: FlowSettings.withOptOut sets one");
                },
                Optional.empty(),
                Path.of(System.getProperty("java.io.tmpdir", "."), "outdial-recordings"),
                FetchOptions.DEFAULT,
                FlowLimits.STANDARD);
    }

    /** With flows that are known by an id. */
    public FlowSettings withFlows(Function<String, Optional<Flow>> known) {
        return new FlowSettings(trunks, known, optOut, media, recordings, http, limits);
    }

    /** With somebody who takes numbers on the do-not-call list; called on a virtual thread, may block. What it throws fails the step. */
    public FlowSettings withOptOut(Consumer<String> list) {
        return new FlowSettings(trunks, flows, list, media, recordings, http, limits);
    }

    /** With files in and below a folder that may be played; nothing that a link leads to outside of it. */
    public FlowSettings withMedia(Path folder) {
        return new FlowSettings(trunks, flows, optOut, Optional.of(folder), recordings, http, limits);
    }

    /** With recordings in that folder. */
    public FlowSettings withRecordings(Path folder) {
        return new FlowSettings(trunks, flows, optOut, media, folder, http, limits);
    }

    /** With those who may be asked and told by HTTP. */
    public FlowSettings withHttp(FetchOptions whom) {
        return new FlowSettings(trunks, flows, optOut, media, recordings, whom, limits);
    }

    /** With other limits. */
    public FlowSettings withLimits(FlowLimits other) {
        return new FlowSettings(trunks, flows, optOut, media, recordings, http, other);
    }
}
