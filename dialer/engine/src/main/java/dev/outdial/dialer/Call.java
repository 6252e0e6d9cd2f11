package dev.outdial.dialer;

import dev.outdial.dialer.call.CallRunner;
import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Negotiation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call that is being placed or talked on.
 *
 * <p><b>Threading:</b> any thread, though not a listener's own. What waits is made for virtual threads. When the call
 * ends while a method waits, or has ended before, the method throws {@link CallEndedException}, which says how.
 */
public final class Call {
    private final Leg leg;
    private final ClipLibrary clips;

    Call(Leg leg, ClipLibrary clips) {
        this.leg = leg;
        this.clips = clips;
    }

    /** The Call-ID that every SIP message of this call bears. */
    public String id() {
        return leg.attempt().callId();
    }

    /** Waits until somebody picks up or it is certain that nobody will. */
    public Answer awaitAnswer() throws InterruptedException {
        waitForAny(leg.agreed(), leg.ended());
        return leg.agreed().isDone()
                ? new Answer.Answered(leg.agreed().join().codec().name())
                : Answer.of(leg.ended().join());
    }

    /**
     * Plays a clip and waits until it was sent. The first clip begins when the far end is heard after the answer, or 400 ms
     * after it, so that no first word is lost.
     *
     * @throws DialerException if the file cannot be read or decoded; the call goes on
     * @throws CallEndedException if the call ends first
     */
    public Played play(AudioClip clip) throws InterruptedException {
        return play(List.of(clip));
    }

    /**
     * Plays clips one after another, without a gap between them, and waits until the last was sent.
     *
     * @return what was sent of all of them together
     * @throws DialerException if a file cannot be read or decoded; nothing is played then, and the call goes on
     * @throws CallEndedException if the call ends first
     */
    public Played play(List<AudioClip> several) throws InterruptedException {
        Negotiation.Agreed agreed = result(leg.agreed());
        List<EncodedClip> encoded = new ArrayList<>();
        for (AudioClip clip : several) {
            encoded.add(clips.encoded(clip, agreed.codec(), agreed.ptimeMillis()));
        }
        CallRunner running = answered();
        List<CompletableFuture<MediaEvent.Played>> all = new ArrayList<>();
        for (int i = 0; i < encoded.size(); i++) {
            AudioClip clip = several.get(i);
            all.add(running.play(encoded.get(i), clip.times(), clip.volumeDb()));
        }
        Played sum = new Played(0, true);
        for (CompletableFuture<MediaEvent.Played> sent : all) {
            MediaEvent.Played played = result(sent);
            sum = new Played(sum.millis() + played.millis(), sum.whole() && played.whole());
        }
        return sum;
    }

    /**
     * Ends what plays within one packet and forgets the clips that wait; who waits for them is told how far they came. Returns at
     * once.
     */
    public void stopPlaying() {
        if (leg.placed().isDone()) {
            leg.placed().join().stopPlaying();
        }
    }

    /**
     * Presses keys at the far end after what plays, and waits until the last one was sent: as telephone-events (RFC 4733), or as
     * tones in the sound where the far end takes no telephone-events.
     *
     * @param digits 0-9, *, #, A-D
     * @throws IllegalArgumentException if another character is among them
     * @throws DialerException if the far end does not listen, since it put us on hold; the call goes on
     * @throws CallEndedException if the call ends first
     */
    public void sendDigits(String digits) throws InterruptedException {
        for (int i = 0; i < digits.length(); i++) {
            char key = digits.charAt(i);
            if (!Digits.isKey(key)) {
                throw new IllegalArgumentException("'" + key + "' is not a key (0-9, *, #, A-D)");
            }
        }
        result(leg.agreed());
        if (!result(answered().sendDigits(digits)).sent().equals(digits)) {
            throw new DialerException("the far end has put us on hold: it hears no keys");
        }
    }

    /**
     * Waits for keys; those that were pressed since the answer and not collected yet count.
     *
     * @return the keys without the terminator; fewer than asked for where the time ran out
     * @throws CallEndedException if the call ends first
     */
    public String collect(Digits rule) throws InterruptedException {
        result(leg.agreed());
        return result(answered().collect(rule));
    }

    /**
     * Writes what the far end says to a WAV file (8 kHz, PCM 16, mono), from the answer (or from now, if that is later) to the
     * end of the call. Does not wait for the answer; a file that cannot be written does not end the call and is told to the
     * listener.
     *
     * @throws CallEndedException if the call was not dialled at all
     */
    public void record(Path file) throws InterruptedException {
        result(leg.placed()).record(file);
    }

    /** Ends the call, by CANCEL or BYE as fits. Returns at once; doing it twice does no harm. */
    public void hangUp() {
        leg.hangUp();
    }

    /** Waits until the call is over and settled. */
    public CallOutcome awaitEnd() throws InterruptedException {
        return result(leg.ended());
    }

    /** Waits that long for the end; empty where the call still goes on. */
    public Optional<CallOutcome> awaitEnd(Duration longest) throws InterruptedException {
        try {
            return Optional.of(leg.ended().get(longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException stillRunning) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What went over the media wire so far, or in all once the call has ended. */
    public CallStatistics statistics() {
        return leg.statistics();
    }

    private CallRunner answered() {
        return leg.placed().join();
    }

    /** The result, or the exception that says how the call ended before there was one. */
    private <T> T result(CompletableFuture<T> awaited) throws InterruptedException {
        waitForAny(awaited, leg.ended());
        if (awaited.isDone()) {
            return awaited.join();
        }
        throw new CallEndedException(leg.ended().join());
    }

    private static void waitForAny(CompletableFuture<?> one, CompletableFuture<?> other) throws InterruptedException {
        try {
            CompletableFuture.anyOf(one, other).get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(failed);
        }
    }
}
