package dev.outdial.media;

import dev.outdial.media.amd.DecidedBy;
import dev.outdial.media.amd.GreetingEnd;
import dev.outdial.media.amd.MachineEars;
import dev.outdial.media.amd.MachineEvidence;
import dev.outdial.media.amd.MachineFinding;
import dev.outdial.media.amd.MachineRules;
import dev.outdial.media.amd.MachineVerdict;
import java.util.function.Consumer;

/** Listens who answered, until that is known. <b>Threading:</b> one owner, the media loop. */
final class MachineListening implements SoundListener {
    private static final int SAMPLES_PER_MILLI = 8;

    private final MachineEars ears;
    private final Consumer<MediaEvent> events;
    private final Consumer<SoundListener> whenOver;
    private final boolean beforeAnswer;
    private long heardSamples;
    private boolean decided;

    /**
     * @param events told what is found
     * @param whenOver told once there is nothing more to find out
     */
    MachineListening(
            MachineRules rules, boolean beforeAnswer, Consumer<MediaEvent> events, Consumer<SoundListener> whenOver) {
        this.ears = new MachineEars(rules, beforeAnswer, this::found);
        this.events = events;
        this.whenOver = whenOver;
        this.beforeAnswer = beforeAnswer;
    }

    @Override
    public void hear(short[] samples, int count, long nowNanos) {
        try {
            ears.put(samples, count);
        } catch (Throwable broken) {
            giveUp();
            throw broken;
        }
        heardSamples += count;
        if (ears.isOver()) whenOver.accept(this);
    }

    private void found(MachineFinding finding) {
        decided = true;
        events.accept(event(finding));
    }

    /** Nobody listens any more: who waits for a word of this is told one, and not the wrong one. */
    private void giveUp() {
        if (decided) {
            events.accept(new MediaEvent.GreetingEnded(GreetingEnd.TOO_LONG, 0));
        } else {
            long millis = heardSamples / SAMPLES_PER_MILLI;
            events.accept(new MediaEvent.MachineDetected(
                    MachineVerdict.NOT_SURE,
                    new MachineEvidence(DecidedBy.FAULT, millis, beforeAnswer, millis, 0, 0, 0, 0, 0, 0, 0)));
        }
    }

    private static MediaEvent event(MachineFinding finding) {
        return switch (finding) {
            case MachineFinding.Decided decided ->
                new MediaEvent.MachineDetected(decided.verdict(), decided.evidence());
            case MachineFinding.GreetingEnded ended -> new MediaEvent.GreetingEnded(ended.how(), ended.beepMillis());
        };
    }
}
