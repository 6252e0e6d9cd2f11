package dev.outdial.media.tone;

import dev.outdial.media.tone.CadenceMachine.Event;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows the sounds of a country's tones from frame to frame, and has {@link CadenceMachine} judge when one begins and ends.
 * Allocates nothing but at those times. <b>Threading:</b> one owner.
 */
final class SignalTrack {
    /** A tone's first frames may look like another: it is what the third is, and what is shorter is none. */
    private static final int FRAMES_TO_BEGIN = 3;

    private static final int HOLES = 3;
    private static final int QUIET_HOLES = 2;
    /** Frames that are fainter by 9 dB are quiet. */
    private static final double QUIET = 0.125;
    /** So much of something else between two bursts, and they do not belong together. */
    private static final int MOST_OTHER_MILLIS = 120;

    private final int frameMillis;
    private final Consumer<ToneEvent> listener;
    private final List<List<ProgressTone>> tones;
    private int signal = Signals.NONE;
    private int frames;
    private double beginMillis;
    private double power;
    private double frameBeforePower;
    private double endMillis;
    private double afterPart;
    private int holes;
    private int quietHoles;
    private int otherMillis;
    private int judged = Signals.NONE;
    private CadenceMachine.State state = CadenceMachine.State.SILENT;

    /** @param tones those of each sound */
    SignalTrack(int frameMillis, List<List<ProgressTone>> tones, Consumer<ToneEvent> listener) {
        this.frameMillis = frameMillis;
        this.tones = tones;
        this.listener = listener;
    }

    /** The sound that is being heard for certain, or {@link Signals#NONE}. */
    int signal() {
        return frames >= FRAMES_TO_BEGIN ? signal : Signals.NONE;
    }

    /**
     * A frame.
     *
     * @param heard which sound it is, or {@link Signals#NONE}
     * @param framePower mean square of its samples, 0 where that is too little to be anything
     * @param atMillis when it begins
     */
    void put(int heard, double framePower, long atMillis) {
        if (heard != Signals.NONE) {
            if (signal == Signals.NONE) begin(framePower, atMillis);
            else if (heard != signal && frames >= FRAMES_TO_BEGIN) {
                end();
                begin(0, atMillis);
            }
            goOn(heard, framePower, atMillis);
        } else if (signal != Signals.NONE) {
            miss(framePower);
        } else if (framePower > QUIET * power) {
            other();
        }
        frameBeforePower = framePower;
    }

    private void begin(double framePower, long atMillis) {
        double part = framePower > 0 ? Math.min(1, frameBeforePower / framePower) : 0;
        beginMillis = atMillis - part * frameMillis;
        frames = 0;
        power = framePower;
    }

    private void goOn(int heard, double framePower, long atMillis) {
        signal = heard;
        power = frames == 0 ? framePower : power + (framePower - power) / 4;
        endMillis = atMillis + frameMillis;
        holes = 0;
        quietHoles = 0;
        if (++frames != FRAMES_TO_BEGIN) return;
        otherMillis = 0;
        if (judged != heard) state = CadenceMachine.State.SILENT;
        judged = heard;
        judge(new Event.Began(Math.round(beginMillis)), atMillis + frameMillis);
    }

    private void miss(double framePower) {
        holes++;
        if (framePower <= QUIET * power) quietHoles++;
        if (holes == 1) afterPart = Math.min(1, framePower / power);
        if (holes >= HOLES || quietHoles >= QUIET_HOLES) end();
    }

    private void end() {
        signal = Signals.NONE;
        boolean counts = frames >= FRAMES_TO_BEGIN;
        frames = 0;
        if (!counts) return;
        long at = Math.round(endMillis + (holes > 0 ? afterPart * frameMillis : 0));
        judge(new Event.Ended(at), at);
    }

    private void other() {
        otherMillis += frameMillis;
        if (otherMillis == MOST_OTHER_MILLIS && judged != Signals.NONE) judge(new Event.Disturbed(), 0);
    }

    private void judge(Event event, long atMillis) {
        CadenceMachine.Step step = CadenceMachine.step(tones.get(judged), state, event);
        state = step.next();
        Optional<ToneEvent> told =
                step.heard().map(meaning -> event(meaning, step.next().beginMillis(), atMillis));
        if (told.isPresent()) listener.accept(told.get());
    }

    private static ToneEvent event(ProgressTone.Meaning meaning, long begin, long end) {
        return switch (meaning) {
            case RINGBACK -> new ToneEvent.Ringback(begin, end);
            case BUSY -> new ToneEvent.Busy(begin, end);
            case CONGESTION -> new ToneEvent.Congestion(begin, end);
        };
    }
}
