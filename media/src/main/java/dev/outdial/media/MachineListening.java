package dev.outdial.media;

import dev.outdial.media.amd.MachineEars;
import dev.outdial.media.amd.MachineFinding;
import dev.outdial.media.amd.MachineRules;
import java.util.function.Consumer;

/** Listens who answered, until that is known. <b>Threading:</b> one owner, the media loop. */
final class MachineListening implements SoundListener {
    private final MachineEars ears;
    private final Consumer<SoundListener> whenOver;

    /**
     * @param events told what is found
     * @param whenOver told once there is nothing more to find out
     */
    MachineListening(
            MachineRules rules, boolean beforeAnswer, Consumer<MediaEvent> events, Consumer<SoundListener> whenOver) {
        this.ears = new MachineEars(rules, beforeAnswer, finding -> events.accept(event(finding)));
        this.whenOver = whenOver;
    }

    @Override
    public void hear(short[] samples, int count, long nowNanos) {
        ears.put(samples, count);
        if (ears.isOver()) whenOver.accept(this);
    }

    private static MediaEvent event(MachineFinding finding) {
        return switch (finding) {
            case MachineFinding.Decided decided ->
                new MediaEvent.MachineDetected(decided.verdict(), decided.evidence());
            case MachineFinding.GreetingEnded ended -> new MediaEvent.GreetingEnded(ended.how(), ended.beepMillis());
        };
    }
}
