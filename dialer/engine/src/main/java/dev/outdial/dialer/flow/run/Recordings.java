package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.Call;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.record.RecordedSides;
import dev.outdial.dialer.record.Recording;
import dev.outdial.dialer.record.RecordingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The recordings of one run of a flow, of which one goes on at a time. <b>Threading:</b> any. */
final class Recordings {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Backstage backstage;
    private final Call call;
    private final Path folder;
    private final BiConsumer<String, Path> begun;
    private final BiConsumer<String, Map<String, String>> afterwards;
    private Optional<Recording> current = Optional.empty();

    /**
     * @param begun told the id and the file of each
     * @param afterwards runs the flow of an id without a call, with what is known of the recording that is over
     */
    Recordings(
            Backstage backstage,
            Call call,
            Path folder,
            BiConsumer<String, Path> begun,
            BiConsumer<String, Map<String, String>> afterwards) {
        this.backstage = backstage;
        this.call = call;
        this.folder = folder;
        this.begun = begun;
        this.afterwards = afterwards;
    }

    /** Begins one, with the answer if that is later. */
    Result start(CallAction.RecordingStart wish) {
        String id = UUID.randomUUID().toString();
        String name = "call_" + TIME.format(backstage.instant()) + "_" + id;
        Path file = folder.resolve(name + ".wav");
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            throw new StepException("the folder " + folder + " for recordings cannot be made", unwritable);
        }
        var options = new RecordingOptions(
                RecordedSides.MIXED, wish.format(), wish.beep(), wish.endOfSilence(), wish.endKeys(), wish.longest());
        Recording recording = call.record(file, options);
        synchronized (this) {
            current = Optional.of(recording);
        }
        begun.accept(id, file);
        Map<String, String> known = Map.of(
                Variables.OURS + "recording.id",
                id,
                Variables.OURS + "recording.format",
                "wav",
                Variables.OURS + "recording.recording_name",
                name,
                Variables.OURS + "recording.filenames",
                name + ".wav",
                Variables.OURS + "recording.reference_type",
                "call",
                Variables.OURS + "recording.reference_id",
                call.id());
        wish.onEndFlowId()
                .filter(flow -> !flow.isBlank())
                .ifPresent(flow -> backstage.run(() -> follow(recording, flow, known)));
        return new Result.Learnt(known);
    }

    private void follow(Recording recording, String flowId, Map<String, String> known) {
        try {
            recording.awaitEnd();
            afterwards.accept(flowId, known);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the one that goes on, and waits until its file is closed. */
    Result stop() throws InterruptedException {
        Optional<Recording> going;
        synchronized (this) {
            going = current;
            current = Optional.empty();
        }
        if (going.isEmpty()) return new Result.Failed("nothing is being recorded");
        going.get().stop();
        going.get().awaitEnd();
        return new Result.Finished();
    }
}
