package dev.outdial.media.amd;

import dev.outdial.media.amd.MachineDetector.Event;
import dev.outdial.media.amd.MachineDetector.State;
import dev.outdial.media.vad.VoiceActivity;
import dev.outdial.media.vad.VoiceListener;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Hears who answered: has {@link MachineDetector} decide by what {@link VoiceActivity} finds. Makes objects when words begin and end,
 * none for a packet. <b>Threading:</b> one owner, the media loop.
 */
public final class MachineEars {
    private final Consumer<MachineFinding> findings;
    private final VoiceActivity voices;
    private State state;
    private long deadlineMillis;

    /**
     * @param beforeAnswer whether it is early media that is heard
     * @param findings told at once; it returns at once
     */
    public MachineEars(MachineRules rules, boolean beforeAnswer, Consumer<MachineFinding> findings) {
        this.findings = findings;
        state = MachineDetector.begin(rules, beforeAnswer);
        voices = new VoiceActivity(new Translating(), rules.silenceDb());
        deadlineMillis = deadline();
    }

    /** Whether there is nothing more to find out. */
    public boolean isOver() {
        return state instanceof State.Over;
    }

    /** Takes the next samples, as many as there are. */
    public void put(short[] samples, int count) {
        if (isOver()) return;
        voices.put(samples, count);
        long now = voices.positionMillis();
        if (now >= deadlineMillis) take(new Event.TimePassed(now));
    }

    private void take(Event event) {
        MachineDetector.Step step = MachineDetector.step(state, event);
        state = step.next();
        deadlineMillis = deadline();
        step.findings().forEach(findings);
    }

    private long deadline() {
        OptionalLong next = MachineDetector.nextDeadlineMillis(state);
        return next.isPresent() ? next.getAsLong() : Long.MAX_VALUE;
    }

    /** Turns what is heard into events. */
    private final class Translating implements VoiceListener {
        @Override
        public void voiceBegan(long beginMillis, double levelDb) {
            take(new Event.VoiceBegan(voices.positionMillis(), beginMillis, levelDb));
        }

        @Override
        public void voiceEnded(long beginMillis, long endMillis, double levelDb) {
            take(new Event.VoiceEnded(voices.positionMillis(), beginMillis, endMillis, levelDb));
        }

        @Override
        public void toneBegan(long beginMillis, double hertz, boolean single) {
            take(new Event.ToneBegan(voices.positionMillis(), beginMillis, hertz, single));
        }

        @Override
        public void toneEnded(long beginMillis, long endMillis, double hertz, boolean single) {
            take(new Event.ToneEnded(voices.positionMillis(), beginMillis, endMillis, hertz));
        }
    }
}
