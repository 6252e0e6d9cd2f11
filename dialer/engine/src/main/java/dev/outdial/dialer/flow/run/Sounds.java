package dev.outdial.dialer.flow.run;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.Played;
import dev.outdial.dialer.call.Backstage;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.flow.run.Operations.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the far end of one call hears of a flow, one sound after another, and the keys that are pressed between. <b>Threading:</b> the run's. */
final class Sounds {
    private static final Logger LOG = LoggerFactory.getLogger(Sounds.class);
    private static final int UNTIL_STOPPED = 0;

    private final Call call;
    private final MediaFolder folder;
    private final Lane lane;

    Sounds(Backstage backstage, Call call, MediaFolder folder) {
        this.call = call;
        this.folder = folder;
        this.lane = new Lane(backstage);
    }

    /** Has a sound heard after those before it. */
    Work play(SoundAction sound) {
        return lane.stoppable(
                () -> switch (sound) {
                    case SoundAction.Talk talk -> talk(talk);
                    case SoundAction.Play play -> play(play);
                    case SoundAction.Beep beep -> {
                        call.play(AudioClip.tone(beep.frequencyHz(), beep.duration()));
                        yield new Result.Finished();
                    }
                },
                call::stopPlaying);
    }

    /** Does something else after the sounds before it, which nothing stops. */
    Work inTurn(Work work) {
        return lane.inTurn(work);
    }

    /** Does something that is heard, in place of {@link #play}. */
    Work stoppable(Work work) {
        return lane.stoppable(work, () -> {});
    }

    /** Ends what is heard, and what waits to be. */
    void stop() {
        lane.stop();
        call.stopPlaying();
    }

    private Result talk(SoundAction.Talk talk) throws InterruptedException {
        if (talk.text().isBlank()) return new Result.Failed("there are no words to say");
        Locale language = Locale.forLanguageTag(talk.language());
        AudioClip plain = as(AudioClip.saying(talk.text(), language), talk);
        Optional<AudioClip> asked = talk.voice()
                .filter(voice -> !voice.isBlank())
                .map(voice -> as(AudioClip.saying(talk.text(), language, voice), talk));
        if (asked.isPresent() && isPlayable(asked.get())) call.play(asked.get());
        else call.play(plain);
        return new Result.Finished();
    }

    private static AudioClip as(AudioClip clip, SoundAction.Talk talk) {
        return clip.repeated(talk.times()).louderBy(talk.volumeDb());
    }

    private boolean isPlayable(AudioClip clip) throws InterruptedException {
        try {
            call.prepare(clip);
            return true;
        } catch (DialerException unknown) {
            LOG.info("call={} {}: the language's own voice speaks instead", call.id(), unknown.getMessage());
            return false;
        }
    }

    private Result play(SoundAction.Play play) throws InterruptedException {
        var clips = new ArrayList<AudioClip>();
        var troubles = new ArrayList<String>();
        for (String name : play.urls()) {
            try {
                AudioClip clip = folder.clip(name).louderBy(play.volumeDb());
                call.prepare(clip);
                clips.add(clip);
            } catch (DialerException | StepException unplayable) {
                troubles.add(String.valueOf(unplayable.getMessage()));
            }
        }
        return clips.isEmpty() ? nothing(troubles) : played(clips, play.loop());
    }

    private Result played(List<AudioClip> clips, boolean loop) throws InterruptedException {
        if (loop && clips.size() == 1) {
            call.play(clips.getFirst().repeated(UNTIL_STOPPED));
            return new Result.Finished();
        }
        Played once = call.play(clips);
        // What is stopped beside the flow is over, and what takes no time is not played again and again.
        while (loop && once.whole() && once.millis() > 0) once = call.play(clips);
        return new Result.Finished();
    }

    /** Nothing of what should be played could be. */
    static Result nothing(List<String> troubles) {
        return new Result.Failed(troubles.isEmpty() ? "there is nothing to play" : String.join("; ", troubles));
    }
}
