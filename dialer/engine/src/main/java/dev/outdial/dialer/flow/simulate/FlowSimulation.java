package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEnd;
import java.time.Duration;
import java.util.List;

/**
 * What came of a simulated call.
 *
 * @param caller what the script calls who was there
 * @param transcript what took place, in order
 * @param duration from the beginning of the transcript to the end of the call
 * @param end why the flow was over
 * @param why one sentence more about that; empty where there is nothing to say
 * @param variables what the flow remembered at its end
 * @param unused what the script says somebody does and nobody did, since its time never came
 * @param placed the calls that the flow placed with flows of their own and somebody answered
 */
public record FlowSimulation(
        String caller,
        List<TranscriptEntry> transcript,
        Duration duration,
        FlowEnd end,
        String why,
        Variables variables,
        List<CallerLine.Deed> unused,
        List<Placed> placed) {
    /** Copies the lists. */
    public FlowSimulation {
        transcript = List.copyOf(transcript);
        unused = List.copyOf(unused);
        placed = List.copyOf(placed);
    }

    /**
     * A call that a flow placed with a flow of its own.
     *
     * @param stepId by which step
     * @param at when, in the transcript of the call that placed it
     * @param target who was called
     * @param run what came of it, its times counted from {@code at}
     */
    public record Placed(String stepId, Duration at, String target, FlowSimulation run) {}

    /** The words that were said, in order. */
    public List<String> said() {
        return all(TranscriptEvent.Said.class).stream()
                .map(TranscriptEvent.Said::text)
                .toList();
    }

    /** The ids of the steps that were begun, in order. */
    public List<String> steps() {
        return all(TranscriptEvent.StepStarted.class).stream()
                .map(TranscriptEvent.StepStarted::stepId)
                .toList();
    }

    /** All that took place of one kind, in order. */
    public <T extends TranscriptEvent> List<T> all(Class<T> kind) {
        return transcript.stream()
                .map(TranscriptEntry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
