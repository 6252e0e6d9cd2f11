package dev.outdial.server.cli;

import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowHappening;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens to one run of a flow: says what happens while it happens, and remembers the steps. <b>Threading:</b> the listener's; read after the end. */
final class FlowNotes implements Consumer<FlowHappening> {
    private final Consumer<String> progress;
    private final List<Step> steps = new ArrayList<>();

    /**
     * One step that was taken.
     *
     * @param failed why it could not do what it should, null where it could
     */
    record Step(String id, String type, @Nullable String failed) {}

    /** @param progress takes a line for people, live */
    FlowNotes(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void accept(FlowHappening happening) {
        switch (happening) {
            case FlowHappening.Started started -> progress.accept("the flow begins");
            case FlowHappening.StepStarted step -> {
                steps.add(new Step(step.stepId(), step.type(), null));
                progress.accept("flow: " + step.type() + " (" + step.stepId() + ")");
            }
            case FlowHappening.StepFailed failed -> {
                failed(failed);
                progress.accept("flow: " + failed.type() + " (" + failed.stepId() + ") failed: " + failed.why());
            }
            case FlowHappening.RecordingStarted recording -> progress.accept("flow: a recording begins");
            case FlowHappening.Jumped jumped -> progress.accept("flow: goes on at " + jumped.toStepId());
            case FlowHappening.Detected who -> progress.accept("flow: answered by " + who.result());
            case FlowHappening.OptedOut out -> progress.accept("flow: the far end wants no more calls");
            case FlowHappening.Ended end ->
                progress.accept(
                        "the flow is over: " + word(end.end()) + (end.why().isEmpty() ? "" : ", " + end.why()));
        }
    }

    /** The latest time that the step was taken. */
    private void failed(FlowHappening.StepFailed failed) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i).id().equals(failed.stepId())) {
                steps.set(i, new Step(failed.stepId(), failed.type(), failed.why()));
                return;
            }
        }
        steps.add(new Step(failed.stepId(), failed.type(), failed.why()));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** As reports say it, such as {@code hung-up}. */
    static String word(FlowEnd end) {
        return end.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
