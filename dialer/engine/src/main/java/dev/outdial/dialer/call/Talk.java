package dev.outdial.dialer.call;

import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.sound.SoundDirection;
import dev.outdial.media.MediaConference;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Replaces;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * What may be done with a call that has its permit: said, heard, changed. {@link CallRunner} does it over the wire; for users' tests,
 * somebody else does it without one. What was not answered yet and needs an answer does nothing. <b>Threading:</b> any thread;
 * nothing waits.
 */
public interface Talk {
    /** Plays clips after what plays already, the first not before the far end listens; each completes when it was sent. */
    List<CompletableFuture<MediaEvent.Played>> play(List<PlayOrder> clips);

    /** Plays a clip again and again beneath all others. */
    void playBeneath(PlayOrder order);

    /** Ends what plays and forgets what waits to be played. */
    void stopPlaying();

    /** Presses keys after what plays already; completes when the last one was sent. */
    CompletableFuture<MediaEvent.DigitsSent> sendDigits(String digits, int toneMillis, int pauseMillis);

    /** Waits for keys; completes with those that came, the ones pressed before included. */
    CompletableFuture<String> collect(Digits rule);

    /** Gathers keys after a prompt, if there is any; completes when that has begun. */
    CompletableFuture<Gather> gather(GatherRequest request, List<PlayOrder> prompt);

    /** Has one not hear the other, or hear it again. */
    void mute(SoundDirection direction, boolean muted);

    /** Finds out who answered, from the answer on or now if that is later, or before it as the options say; the first ones count. */
    CompletableFuture<Detected> detectMachine(MachineDetection options);

    /** How the greeting of the machine that answered ended; empty where none answered. Completes only where that was asked. */
    CompletableFuture<Optional<GreetingEnd>> greetingEnd();

    /** Listens for tones in the far end's sound from now on. */
    void listenForTones(ProgressTones tones);

    /** What was agreed on last; empty before the answer. */
    Optional<Negotiation.Agreed> terms();

    /** Puts the far end on hold or takes it off; completes empty when that is so, or with the status that refused it. */
    CompletableFuture<OptionalInt> hold(boolean hold);

    /** Asks the far end to call somebody else; completes with the last that is heard of it. */
    CompletableFuture<SessionEvent.TransferProgress> transfer(SipUri target);

    /**
     * Plays a clip again and again beneath all others, in place of any before it, until {@link #stopMusic} or the end of a hold.
     *
     * @param whileHeld whether it is for a far end on hold: not played where that was taken off meanwhile
     */
    void playMusic(PlayOrder order, boolean whileHeld);

    /** Ends that clip, and no other. */
    void stopMusic();

    /**
     * Asks the far end to call that of another call in our place there; completes with the last that is heard of it.
     *
     * @param other completes it with 481 where it is over
     */
    CompletableFuture<SessionEvent.TransferProgress> transferTo(Talk other);

    /** Whether a call by that trunk which is to take the place of another means this one; completes soon. */
    CompletableFuture<Boolean> isMeantBy(Replaces replaces, String trunk);

    /** Whether it is by that trunk. */
    boolean goesBy(String trunk);

    /** What may be bridged of it. */
    Voice voice();

    /** Has its far end hear itself, by its packets or by its sound, until {@link #stopEcho}. */
    void startEcho(boolean packets);

    /** Ends that. */
    void stopEcho();

    /** Has its far end take part in a conference. */
    void enter(MediaConference conference);

    /** Has the others of a conference not hear its far end, or hear it again. */
    void mute(MediaConference conference, boolean muted);

    /** Has its far end take part no more. */
    void leave(MediaConference conference);
}
