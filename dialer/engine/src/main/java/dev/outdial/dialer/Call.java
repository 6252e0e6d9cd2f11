package dev.outdial.dialer;

import dev.outdial.dialer.call.HangUpReason;
import dev.outdial.dialer.call.Leg;
import dev.outdial.dialer.call.PlayOrder;
import dev.outdial.dialer.call.RecordingOrder;
import dev.outdial.dialer.call.Talk;
import dev.outdial.dialer.call.Voice;
import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.record.Recording;
import dev.outdial.dialer.record.RecordingEnd;
import dev.outdial.dialer.record.RecordingOptions;
import dev.outdial.dialer.sound.SoundDirection;
import dev.outdial.dialer.trace.CallTrace;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.sip.message.SipUri;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;

/**
 * A call that is being placed or talked on.
 *
 * <p><b>Threading:</b> any thread, though not a listener's own. What waits is made for virtual threads. When the call
 * ends while a method waits, or has ended before, the method throws {@link CallEndedException}, which says how.
 */
public final class Call {
    private static final Duration TONE = Duration.ofMillis(160);
    private static final Duration PAUSE = Duration.ofMillis(80);
    private static final Duration SHORTEST_KEY = Duration.ofMillis(40);
    private static final Duration LONGEST_KEY = Duration.ofMinutes(1);

    private final Leg leg;
    private final CallAwait await;
    private final CallClips clips;
    private final CallTransfers transfers;
    private final ConcurrentMap<String, String> variables;
    private CompletableFuture<Boolean> toneOrders = CompletableFuture.completedFuture(true);

    /** @param dialer whose call it is */
    Call(Leg leg, ClipLibrary clips, Dialer dialer, ConcurrentMap<String, String> variables) {
        this.leg = leg;
        this.await = new CallAwait(leg);
        this.clips = new CallClips(await, clips);
        this.transfers = new CallTransfers(this, await, dialer);
        this.variables = variables;
    }

    /** The Call-ID that every SIP message of this call bears. */
    public String id() {
        return leg.callId();
    }

    /**
     * The user's own notes on this call, of which nothing goes over the wire: at first those of {@link DialRequest#with}, or of {@link
     * IncomingCall#variables}. One map that lives as long as this handle, over fail-over and redirection and after the end; any thread,
     * a listener's too, may read and write it at any time.
     */
    public ConcurrentMap<String, String> variables() {
        return variables;
    }

    /** Waits until somebody picks up or it is certain that nobody will. */
    public Answer awaitAnswer() throws InterruptedException {
        await.orEnd(leg.agreed());
        return answerSoFar();
    }

    /** What the call came to; to be called when that is certain. */
    Answer answerSoFar() {
        return leg.agreed().isDone()
                ? answered(leg.agreed().join())
                : Answer.of(leg.ended().join());
    }

    /**
     * Plays a clip and waits until it was sent. Clips that several threads play are heard one after another, in the order in which they
     * were ready to be; what is to be heard beside another lies {@linkplain #playBeneath beneath} it. The first clip begins when the far end is heard after the answer, or 400 ms
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
        List<PlayOrder> orders = clips.orders(several);
        List<CompletableFuture<MediaEvent.Played>> all = await.talk().play(orders);
        Played sum = new Played(0, true);
        for (CompletableFuture<MediaEvent.Played> sent : all) {
            MediaEvent.Played played = await.result(sent);
            sum = new Played(sum.millis() + played.millis(), sum.whole() && played.whole());
        }
        return sum;
    }

    /**
     * Says something in US English and waits until it was sent; {@link #say(String, Locale)} says the rest.
     */
    public Played say(String text) throws InterruptedException {
        return say(text, Locale.US);
    }

    /**
     * Says something, as {@link #play(AudioClip)} plays: spoken once for all calls, by whoever {@link DialerConfig#sound} lets speak the language.
     *
     * @param text plain, or SSML where it begins with {@code <speak}
     * @throws DialerException if nobody speaks that language, or the text is not in its letters, or speaking fails; the call goes on
     * @throws CallEndedException if the call ends first
     */
    public Played say(String text, Locale language) throws InterruptedException {
        return play(AudioClip.saying(text, language));
    }

    /**
     * Plays a clip again and again beneath all that is played besides: music under words. Returns at once; it ends with {@link
     * #stopPlaying} or the call, or where another takes its place.
     *
     * @param clip {@link AudioClip#times} does not matter
     * @throws DialerException if the file cannot be read or decoded; the call goes on
     * @throws CallEndedException if the call ends first
     */
    public void playBeneath(AudioClip clip) throws InterruptedException {
        PlayOrder order = clips.order(clip);
        await.talk().playBeneath(order);
    }

    /**
     * Plays a tone after what plays already, as loud as a beep (-10 dBm0), and waits until it
     * was sent; {@link AudioClip#tone} puts one between other clips.
     *
     * @param frequencyHz 50 to 3900; a beep has 1000
     * @param duration 20 ms to a minute; a beep has 300 ms
     * @throws IllegalArgumentException for another frequency or duration
     * @throws CallEndedException if the call ends first
     */
    public Played tone(int frequencyHz, Duration duration) throws InterruptedException {
        return play(AudioClip.tone(frequencyHz, duration));
    }

    /**
     * Plays a clip to this call's far end alone, while it is bridged or in a conference too: over what the others say, who do not hear it.
     * Nothing else than {@link #play(AudioClip)}, under the name by which it is looked for.
     *
     * @throws DialerException if the file cannot be read or decoded; the call goes on
     * @throws CallEndedException if the call ends first
     */
    public Played whisper(AudioClip clip) throws InterruptedException {
        return play(clip);
    }

    /**
     * Mutes the call one way or both, until {@link #unmute}. Waits for the answer, then returns at once; doing it twice does nothing more.
     *
     * <p>Outgoing: the far end hears silence, whatever is played to it or a bridge brings; all of it goes on in time, and is told as
     * played. Keys that we press are still sent. A recording of our side has silence too. Incoming: who is bridged with it or in
     * a conference hears nothing of the far end; recordings of it go on, its keys, tones and who answered are still heard.
     *
     * @throws CallEndedException if the call ends first
     */
    public void mute(SoundDirection direction) throws InterruptedException {
        await.answered().mute(direction, true);
    }

    /**
     * Ends what {@link #mute} did, that way or both. Waits for the answer, then returns at once.
     *
     * @throws CallEndedException if the call ends first
     */
    public void unmute(SoundDirection direction) throws InterruptedException {
        await.answered().mute(direction, false);
    }

    /**
     * Brings and decodes a clip as this call wants it, so that playing it then starts at once. Waits for the answer.
     *
     * @throws DialerException if it cannot be brought or decoded; the call goes on
     * @throws CallEndedException if the call ends before the answer
     */
    public void prepare(AudioClip clip) throws InterruptedException {
        var unused = clips.order(clip);
    }

    /**
     * Keeps an entry in the call's journal ({@link DialerConfig#withJournal}), after those of all that was told before. Any thread; waits
     * for nothing.
     *
     * @return completes when it is kept, exceptionally where it is not
     */
    public CompletionStage<Void> journal(JournalEntry entry) {
        return leg.journal(entry);
    }

    /**
     * Ends what plays within one packet, above and beneath, and forgets the clips that wait; who waits for them is told how far they
     * came. Keys are still pressed, and what another thread asks for later, or is still decoding now, is still played. Returns at
     * once.
     */
    public void stopPlaying() {
        if (leg.placed().isDone()) {
            leg.placed().join().stopPlaying();
        }
    }

    /** Presses keys of 160 ms with 80 ms between; {@link #sendDigits(String, Duration, Duration)} says the rest. */
    public void sendDigits(String digits) throws InterruptedException {
        sendDigits(digits, TONE, PAUSE);
    }

    /**
     * Presses keys at the far end after what plays, and waits until the last one was sent: as telephone-events (RFC 4733), or as
     * tones in the sound where the far end takes no telephone-events; or by INFO, where {@link
     * dev.outdial.dialer.trunk.WireOptions#keys} says so.
     *
     * @param digits 0-9, *, #, A-D; {@code ,} and {@code w} are pauses of half a second, {@code W} is one of a second
     * @param tone how long each key is down, 40 ms to a minute
     * @param pause the pause after each, 40 ms to a minute
     * @throws IllegalArgumentException if another character is among them, or a time is out of range
     * @throws DialerException if the far end does not listen, since it put us on hold; the call goes on
     * @throws CallEndedException if the call ends first
     */
    public void sendDigits(String digits, Duration tone, Duration pause) throws InterruptedException {
        if (!Digits.areKeysOrPauses(digits)) {
            throw new IllegalArgumentException("keys to press: 0-9, *, #, A-D and the pauses , w W are expected");
        }
        int toneMillis = millis(tone);
        int pauseMillis = millis(pause);
        if (!await.result(await.answered().sendDigits(digits, toneMillis, pauseMillis))
                .sent()
                .equals(digits)) {
            throw new DialerException("the far end has put us on hold: it hears no keys");
        }
    }

    private static int millis(Duration time) {
        if (time.compareTo(SHORTEST_KEY) < 0 || time.compareTo(LONGEST_KEY) > 0) {
            throw new IllegalArgumentException(
                    "key or pause of " + time.toMillis() + " ms: 40 ms to a minute is expected");
        }
        return (int) time.toMillis();
    }

    /**
     * Waits for keys; those that were pressed since the answer and not collected yet count, the last 256 at most, unless the rule says
     * otherwise. While something plays on another thread, {@link Digits#bargingIn} has a key end it.
     *
     * @return the keys without the terminator; fewer than asked for where the time ran out
     * @throws IllegalStateException while another thread collects keys, or a {@linkplain #gather gathering} goes on
     * @throws CallEndedException if the call ends first
     */
    public String collect(Digits rule) throws InterruptedException {
        return await.result(await.answered().collect(rule));
    }

    /** Gathers keys without a prompt; {@link #gather(GatherRequest, List)} says the rest. */
    public Gather gather(GatherRequest request) throws InterruptedException {
        return gather(request, List.of());
    }

    /**
     * Gathers keys while whatever else is done with the call goes on. Waits for the answer, and until the prompt was brought and decoded;
     * not for its end, nor for a key: the handle says how far it is, and a listener hears its end. A prompt comes after what plays
     * already. One at a time; when the far end hangs up meanwhile, that is its result.
     *
     * @throws DialerException if a file of the prompt cannot be read or decoded; nothing is gathered then, and the call goes on
     * @throws IllegalStateException while another gathering or collection of keys goes on
     * @throws CallEndedException if the call ends before it has begun
     */
    public Gather gather(GatherRequest request, List<AudioClip> prompt) throws InterruptedException {
        List<PlayOrder> orders = clips.orders(prompt);
        return await.result(await.talk().gather(request, orders));
    }

    /** Finds out who answered as the request asked, or in the usual way where it did not; {@link #detectMachine(MachineDetection)} says the rest. */
    public Detected detectMachine() throws InterruptedException {
        return detectMachine(MachineDetection.DEFAULT);
    }

    /**
     * Waits until it is known by the sound whether a person or a machine answered: from one to some seconds after the first word. It is
     * listened for from the answer on, or from now if that is later; or before it, as the options say. One answer for each call: where
     * somebody asked before, as {@link DialRequest#detectingMachines} does, those options count. May be called before the answer, and
     * while something plays.
     *
     * @throws CallEndedException if the call ends first
     */
    public Detected detectMachine(MachineDetection options) throws InterruptedException {
        return await.result(await.result(leg.placed()).detectMachine(options));
    }

    /**
     * Waits until the greeting of the machine that answered is over, with a beep or without: whoever leaves a message plays it then.
     * Finds out in the usual way whether one answered, where nobody did before.
     *
     * @return how it ended; empty where no machine answered
     * @throws CallEndedException if the call ends first
     */
    public Optional<GreetingEnd> awaitGreetingEnd() throws InterruptedException {
        detectMachine();
        return await.result(await.talk().greetingEnd());
    }

    /**
     * Writes what the far end says to a WAV file (8 kHz, PCM 16, mono), from the answer (or from now, if that is later) to the
     * end of the call. Does not wait for the answer; a file that cannot be written does not end the call and is told to the
     * listener.
     */
    public void record(Path file) {
        var unused = record(file, RecordingOptions.DEFAULT);
    }

    /**
     * Records the call to a WAV file of 8 kHz, from the answer (or from now, if that is later) until it is stopped, something in the
     * options ends it, or the call ends. Does not wait for the answer. A recording that goes on ends where the next begins; a file that
     * cannot be written does not end the call and is told to the listener.
     *
     * @param file written over where it is there already
     */
    public Recording record(Path file, RecordingOptions options) {
        var order = new RecordingOrder(file, options);
        leg.record(order);
        var unused = leg.ended().thenRun(() -> order.abandon(RecordingEnd.CALL_ENDED));
        return order;
    }

    /**
     * Has the far end hear itself from now on, beneath what is played, until {@link #stopEcho} or the end of the call. Waits for the
     * answer, then returns at once; a second time it goes on as it is then said. It goes on over a hold and changes of the codec; a bridge of the
     * call loses what the far end says to it.
     *
     * @param packets whether the far end gets the very payloads back that it sent (in our own RTP stream; a key that it pressed by a
     *     telephone-event is pressed when it is released), where both ways have the same codec. Else its sound comes back, with what was
     *     lost made up, and without keys
     * @throws CallEndedException if the call ends first
     */
    public void echo(boolean packets) throws InterruptedException {
        await.answered().startEcho(packets);
    }

    /** Ends what {@link #echo} began. Returns at once. */
    public void stopEcho() {
        if (leg.placed().isDone()) leg.placed().join().stopEcho();
    }

    /**
     * Has the far end hear a phone ring until {@link #stopRingBack} or the end of the call: again and again beneath all that is played
     * besides, in place of {@link #playBeneath} and of music on hold. Waits for the answer, then returns at once.
     *
     * @param country whose ringing tone, as {@link AudioClip#ringBack} has it
     * @throws CallEndedException if the call ends first
     */
    public void ringBack(String country) throws InterruptedException {
        PlayOrder ringing = clips.order(AudioClip.ringBack(country));
        await.talk().playMusic(ringing, false);
    }

    /** Ends what {@link #ringBack} began, and nothing else. Returns at once. */
    public void stopRingBack() {
        var unused = leg.placed().thenAccept(Talk::stopMusic);
    }

    /** The call itself; to be asked for once it is answered. */
    Talk talk() {
        return await.talk();
    }

    /** The same, which it waits for. */
    Talk awaitTalk() throws InterruptedException {
        return await.answered();
    }

    /** Completes with what may be bridged of it once somebody may be heard, answered or not; never does where it came to none. */
    CompletableFuture<? extends Voice> voice() {
        return leg.voice();
    }

    /** What it is a handle of. */
    Leg leg() {
        return leg;
    }

    /**
     * Listens for the tones of the network and of machines from now on; before the answer, from the answer on. {@link
     * DialRequest#listeningForTones} says the rest, and listens to early media too.
     */
    public void listenForTones(String country) {
        ProgressTones tones = ProgressTones.of(country);
        synchronized (this) {
            // One after the other: what waits for one thing is told of it in any order.
            toneOrders = toneOrders.thenCombine(leg.placed(), (before, running) -> {
                running.listenForTones(tones);
                return true;
            });
        }
    }

    /**
     * Puts the far end on hold: it hears what is played, or silence, and what it says does not arrive. Waits until it has agreed;
     * doing it twice does nothing more.
     *
     * @throws DialerException if the far end refuses; the call goes on as it was
     * @throws CallEndedException if the call ends first
     */
    public void hold() throws InterruptedException {
        change(true, "to be put on hold");
    }

    /**
     * {@link #hold() Puts the far end on hold} with music: it hears the clip again and again until {@link #resume}, over what {@link
     * #playBeneath} played, whose place it takes for good.
     *
     * @param music {@link AudioClip#times} does not matter
     * @throws DialerException if the file cannot be read or decoded, or the far end refuses; the call goes on as it was
     * @throws CallEndedException if the call ends first
     */
    public void hold(AudioClip music) throws InterruptedException {
        PlayOrder order = clips.orderAround(music, this::hold);
        await.talk().playMusic(order, true);
    }

    /**
     * Takes the far end off {@linkplain #hold hold}; music on hold ends.
     *
     * @throws DialerException if the far end refuses; the call goes on as it was
     * @throws CallEndedException if the call ends first
     */
    public void resume() throws InterruptedException {
        change(false, "to be taken off hold");
    }

    private void change(boolean hold, String what) throws InterruptedException {
        OptionalInt refused = await.result(await.answered().hold(hold));
        if (refused.isPresent()) {
            throw new DialerException("the far end refuses " + what + " (" + refused.getAsInt() + ")");
        }
    }

    /**
     * Asks the far end to call somebody else in our place (REFER, RFC 3515), and waits until it says how that went. The call itself
     * goes on until one of the two hangs up; a listener hears the progress.
     *
     * @param target a SIP URI
     * @throws DialerException if the far end refuses, or its own call came to nothing
     * @throws IllegalArgumentException if the target is not a SIP URI
     * @throws CallEndedException if the call ends first, as it does where the far end hangs up at once
     */
    public void transfer(String target) throws InterruptedException {
        transfers.to(SipUri.parse(target));
    }

    /**
     * Has the far end of this call and that of another one talk to each other, without us (attended transfer: REFER with Replaces, RFC
     * 5589 section 7, RFC 3891): this one is asked to call the other's in our place there. Waits until it says how that went; a listener
     * of this call hears the progress. When it went well both calls are ended, by whoever is first. Otherwise both go on.
     *
     * @param other where we asked whether that call is wanted; best over the same trunk, since one trunk knows nothing of another's calls
     * @throws DialerException if the far end refuses, or came to nothing there, or the other call ends too early
     * @throws IllegalArgumentException if it is this very call
     * @throws CallEndedException if one of the two is not there any more, or this one ends before its far end said how it went; the
     *     other one stays as it is then
     */
    public void transferTo(Call other) throws InterruptedException {
        transfers.to(other);
    }

    /**
     * Dials somebody and has the far end of this call talk to whoever answers, through us (bridged transfer): both calls go on as calls of
     * ours, in a {@link Bridge} that passes keys on, until one of the two ends, and with it the other. While nobody answers, the far end
     * hears the network's ringing and announcements where there are some, else silence; where nobody does at all this call goes on as it
     * was. Waits for the answer.
     *
     * @param request whom to dial; it goes by the ledger as any other
     * @return what dialling came to; {@link Answer.Answered} when they are talking
     * @throws IllegalArgumentException if the target or trunk makes no sense
     * @throws IllegalStateException if the dialer is closed
     * @throws InterruptedException if the waiting is interrupted: the dialling is given up, and this call goes on
     * @throws CallEndedException if this call ends before the answer: the dialling is given up
     */
    public Answer transferBridged(DialRequest request) throws InterruptedException {
        return transfers.bridged(request, Optional.empty());
    }

    /**
     * {@link #transferBridged(DialRequest)} with music for the far end while nobody answers, again and again and in place of what the
     * network lets hear. It takes the place of {@link #playBeneath} and of music on hold.
     *
     * @param music {@link AudioClip#times} does not matter
     * @throws DialerException if the file cannot be read or decoded; then nobody is dialled, and the call goes on
     */
    public Answer transferBridged(DialRequest request, AudioClip music) throws InterruptedException {
        return transfers.bridged(request, Optional.of(clips.order(music)));
    }

    /**
     * {@link #transferBridged(DialRequest)} to a call that is being dialled already: who dialled it hears of it as of any other.
     *
     * @param third nobody talks on it yet, whether it is answered or not; it ends with this one
     * @throws IllegalArgumentException if it is this very call
     */
    public Answer transferBridged(Call third) throws InterruptedException {
        return transfers.bridged(third);
    }

    /**
     * The SIP messages of this call so far, without their secrets. They are kept as long as the call is held by anybody, after its end too.
     * Empty where {@link DialerConfig#tracing} is off.
     */
    public CallTrace trace() {
        return CallTrace.of(leg.messages());
    }

    /** Ends the call, by CANCEL or BYE as fits. Returns at once; doing it twice does no harm. */
    public void hangUp() {
        leg.hangUp();
    }

    /**
     * Ends the call and says why: by BYE where it is answered, else by CANCEL or, a call to us, by a final response, as {@link
     * HangUpCause} has it; the outcome bears the cause too. An answered call is {@code COMPLETED} all the same, unless it {@code FAILED}.
     * Returns at once; once it is ended, by anybody, another cause changes nothing.
     */
    public void hangUp(HangUpCause cause) {
        leg.hangUp(HangUpReason.of(cause));
    }

    /** How the call ended; empty while it goes on. Any thread; waits for nothing. */
    public Optional<CallOutcome> outcome() {
        return Optional.ofNullable(leg.ended().getNow(null));
    }

    /** Waits until the call is over and settled. */
    public CallOutcome awaitEnd() throws InterruptedException {
        return await.result(leg.ended());
    }

    /** Waits that long for the end; empty where the call still goes on. */
    public Optional<CallOutcome> awaitEnd(Duration longest) throws InterruptedException {
        return await.end(longest);
    }

    /** What went over the media wire so far, at most a second old while the call goes on, or in all once it has ended. Any thread; waits for nothing. */
    public CallStatistics statistics() {
        return leg.statistics();
    }

    private static Answer answered(Negotiation.Agreed agreed) {
        return new Answer.Answered(agreed.codec().name(), agreed.srtp().isPresent());
    }
}
