package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Files and tones that who calls us hears before the answer, in a 183. <b>Threading:</b> blocks. */
final class EarlySounds {
    /** Early sound is followed by other sound or by none at all: this one nobody hears. */
    static final AudioClip SILENCE = AudioClip.tone(50, Duration.ofSeconds(1)).louderBy(-60);

    private final Dialer dialer;
    private final Backstage backstage;
    private final IncomingCall incoming;
    private final MediaFolder folder;

    private record Timed(AudioClip clip, Duration length) {}

    EarlySounds(Dialer dialer, Backstage backstage, IncomingCall incoming, MediaFolder folder) {
        this.dialer = dialer;
        this.backstage = backstage;
        this.incoming = incoming;
        this.folder = folder;
    }

    /** Plays until the last file is over, the call is answered or over, or the thread is interrupted. */
    Result play(SoundAction sound, CompletableFuture<?> answeredOrOver) throws InterruptedException {
        return switch (sound) {
            case SoundAction.Play play -> play(play, answeredOrOver);
            case SoundAction.Beep beep ->
                play(
                        List.of(new Timed(AudioClip.tone(beep.frequencyHz(), beep.duration()), beep.duration())),
                        false,
                        answeredOrOver);
            case SoundAction.Talk talk -> new Result.Failed("nothing is said before the call is answered");
        };
    }

    private Result play(SoundAction.Play play, CompletableFuture<?> answeredOrOver) throws InterruptedException {
        var clips = new ArrayList<Timed>();
        var troubles = new ArrayList<String>();
        for (String name : play.urls()) {
            try {
                AudioClip clip = folder.clip(name).louderBy(play.volumeDb());
                clips.add(new Timed(clip, length(clip)));
            } catch (DialerException | StepException unplayable) {
                troubles.add(String.valueOf(unplayable.getMessage()));
            }
        }
        if (clips.isEmpty()) return Sounds.nothing(troubles);
        return play(clips, play.loop(), answeredOrOver);
    }

    private Result play(List<Timed> clips, boolean loop, CompletableFuture<?> answeredOrOver)
            throws InterruptedException {
        try {
            do playOnce(clips, answeredOrOver);
            while (loop && !answeredOrOver.isDone());
        } finally {
            if (!answeredOrOver.isDone()) silence();
        }
        return new Result.Finished();
    }

    private void playOnce(List<Timed> clips, CompletableFuture<?> answeredOrOver) throws InterruptedException {
        for (Timed next : clips) {
            if (answeredOrOver.isDone()) return;
            incoming.ringWithMedia(next.clip());
            backstage.await(answeredOrOver, next.length());
        }
    }

    private Duration length(AudioClip clip) {
        Runnable brought = backstage.hold();
        try {
            return Duration.ofMillis(Math.max(1, dialer.check(clip).durationMillis()));
        } finally {
            brought.run();
        }
    }

    private void silence() {
        boolean cut = Thread.interrupted();
        try {
            incoming.ringWithMedia(SILENCE);
        } catch (InterruptedException again) {
            cut = true;
        } finally {
            if (cut) Thread.currentThread().interrupt();
        }
    }
}
