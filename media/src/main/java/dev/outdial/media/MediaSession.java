package dev.outdial.media;

import dev.outdial.media.amd.MachineRules;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.net.MediaLoop;
import dev.outdial.media.record.RecordingOptions;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Answering;
import dev.outdial.media.sdp.Direction;
import dev.outdial.media.sdp.EarlyLegs;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.OfferAnswer;
import dev.outdial.media.tone.ProgressTones;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of RTP audio out and one in. It receives from the moment it is opened (where keys are offered, from the far end's
 * first description on), and sends (silence where nothing plays) from the answer to the end. A handle:
 * <b>threading:</b> every method may be called on any thread, none waits.
 */
public final class MediaSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaSession.class);

    private final MediaWorkers workers;
    private final SessionRunner runner;
    private final InetSocketAddress local;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicBoolean finishing = new AtomicBoolean();
    private final CompletableFuture<MediaStatistics> finished = new CompletableFuture<>();
    private final EarlyLegs early = new EarlyLegs();
    private volatile OfferAnswer exchange;
    private volatile Optional<Agreed> agreed = Optional.empty();
    private volatile boolean incomingMuted;
    private Optional<SessionEcho> echo = Optional.empty();

    MediaSession(SessionRunner runner, MediaWorkers workers, InetSocketAddress local, OfferAnswer exchange) {
        this.workers = workers;
        this.runner = runner;
        this.local = local;
        this.exchange = exchange;
    }

    /** Where RTP is received; RTCP on the port after it. */
    public InetSocketAddress localRtp() {
        return local;
    }

    /**
     * Our session description, {@code application/sdp}: what was last offered or answered, at first the offer that a call begins
     * with.
     */
    public byte[] offer() {
        return exchange.sdp();
    }

    /**
     * A new offer within the session: hold ({@link Direction#SENDONLY}, {@link Direction#INACTIVE}), resume, or with the direction
     * as it is the refresh of a session timer. What was agreed holds until {@link #answered}, and beyond a {@link #refused}.
     */
    public synchronized byte[] offerAgain(Direction direction) {
        exchange = exchange.offering(direction);
        return exchange.sdp();
    }

    /**
     * A new offer of all that we can, which a re-INVITE or a call to us without a session description asks for; the numbers that were
     * in use keep their meaning. What was agreed holds until {@link #answered}, and beyond a {@link #refused}.
     */
    public synchronized byte[] offerAll(Direction direction) {
        exchange = exchange.offeringAll(direction);
        return exchange.sdp();
    }

    /** Our last offer came to nothing: 488, 491 and the like. */
    public synchronized void refused() {
        exchange = exchange.declined();
    }

    /**
     * Judges an answer to {@link #offer} or {@link #offerAgain}. Where it is agreeable, RTP flows on its terms from now on.
     *
     * @param sdp the answer, of whatever quality
     */
    public synchronized Negotiation answered(byte[] sdp) {
        return judged(exchange.answered(sdp));
    }

    /**
     * Answers an offer of the far end's, in a call to us, a re-INVITE, or a response to an INVITE that had none. Where it can be
     * agreed to, RTP flows on its terms from now on.
     *
     * @param sdp the offer, of whatever quality
     * @param wish what we would do; less where the offer does not allow it
     */
    public synchronized Answering answer(byte[] sdp, Direction wish) {
        Answering answering = exchange.answer(sdp, wish);
        if (answering instanceof Answering.Answered answered) {
            exchange = answered.next();
            agree(answered.terms());
        }
        return answering;
    }

    /**
     * Judges the answer of one leg of a call that may be forked: what its 2xx says, or where that says
     * nothing what the leg said {@linkplain #early before}. Where it is agreeable, RTP flows on its terms
     * from now on.
     *
     * @param leg names the leg, as in {@link #early}
     * @param sdp the session description of the 2xx, of whatever quality
     */
    public synchronized Negotiation answered(String leg, Optional<byte[]> sdp) {
        return judged(early.answered(exchange, leg, sdp));
    }

    private Negotiation judged(OfferAnswer.Judged judged) {
        exchange = judged.next();
        if (judged.negotiation() instanceof Agreed terms) agree(terms);
        return judged.negotiation();
    }

    /** Has RTP flow on these terms from now on; later ones replace them. */
    void agree(Agreed terms) {
        // Made here where it is not known yet: the loop must not be held up.
        var unused = SilentFrames.of(terms.codec(), terms.ptimeMillis());
        agreed = Optional.of(terms);
        runner.post(() -> runner.agree(terms, System.nanoTime()));
    }

    /**
     * Judges a session description in a provisional response. Sound is received already, from anywhere;
     * nothing is sent before the answer. Where keys were offered, sound is taken from the first agreeable
     * description on: with the key that it names, or in clear where it names none and encryption is not
     * required. Of several the last one counts for what is heard.
     *
     * @param leg names the leg of a forked call that it came from
     */
    public synchronized Negotiation early(String leg, byte[] sdp) {
        Negotiation negotiation = early.described(exchange, leg, sdp);
        if (negotiation instanceof Agreed terms) runner.post(() -> runner.early(terms));
        return negotiation;
    }

    /**
     * Answers an offer that a leg makes before it answers the call, once it has answered ours (UPDATE, RFC
     * 3311). What is agreed on holds from its answer on, if it is this leg that answers.
     *
     * @param leg names the leg, as in {@link #early(String, byte[])}
     * @param sdp the offer, of whatever quality
     */
    public synchronized Answering answerEarly(String leg, byte[] sdp) {
        Answering answering = early.offered(leg, sdp, Direction.SENDRECV);
        if (answering instanceof Answering.Answered answered) runner.post(() -> runner.early(answered.terms()));
        return answering;
    }

    /** Plays a clip once and as loud as it is; {@link #play(EncodedClip, int, double)} says the rest. */
    public long play(EncodedClip clip) {
        return play(clip, 1, 0);
    }

    /**
     * Plays a clip after whatever plays now, without a gap. Ends in one {@link MediaEvent.Played}: at once, and as not
     * played, while the far end does not listen ({@link Agreed#mayTalk} is false).
     *
     * @param times how often, without a gap; 0 until it is stopped
     * @param volumeDb how much louder than it is, -96 to 24
     * @return the number that the event will carry
     * @throws IllegalStateException before an agreeable answer
     * @throws IllegalArgumentException when the clip's codec is not the agreed one, or has state and another packet length, or times or
     *     volume are out of range
     */
    public long play(EncodedClip clip, int times, double volumeDb) {
        checkFormat(clip);
        var item = new OutgoingClip(lastId.incrementAndGet(), clip, times, volumeDb);
        runner.post(() -> runner.outgoing().enqueue(item));
        return item.id();
    }

    /**
     * Plays a clip again and again beneath all that is played besides, until it is stopped or another takes its place. Keys go out
     * alone. Ends in one {@link MediaEvent.Played}; {@link #play(EncodedClip, int, double)} says the rest.
     */
    public long playBeneath(EncodedClip clip, double volumeDb) {
        checkFormat(clip);
        var item = new OutgoingClip(lastId.incrementAndGet(), clip, OutgoingClip.UNTIL_STOPPED, volumeDb);
        runner.post(() -> runner.outgoing().playBeneath(item));
        return item.id();
    }

    /** Whether a clip is of what was agreed on last: another would be refused. */
    public boolean takes(EncodedClip clip) {
        return agreed.filter(terms -> OutgoingClip.fits(clip, terms)).isPresent();
    }

    private void checkFormat(EncodedClip clip) {
        Agreed terms = agreed.orElseThrow(() -> new IllegalStateException("not answered yet"));
        if (!OutgoingClip.fits(clip, terms))
            throw new IllegalArgumentException("clip of " + clip.codec() + " in packets of " + clip.ptimeMillis()
                    + " ms, agreed was " + terms.codec() + " in " + terms.ptimeMillis() + " ms");
    }

    /** Ends what plays within one packet and forgets the clips after it and beneath it; keys that wait are still sent. */
    public void stopPlaying() {
        runner.post(() -> runner.outgoing().stopPlaying());
    }

    /** Ends one clip, whether it plays or waits, within one packet. */
    public void stopPlaying(long playId) {
        runner.post(() -> runner.outgoing().stop(playId));
    }

    /** Has the far end hear silence but for keys, while all that is sent goes on in time; or hear it again. */
    public void muteOutgoing(boolean muted) {
        runner.post(() -> runner.outgoing().mute(muted));
    }

    /**
     * Has the far ends of sessions that are bridged or in a conference with this one not hear what its far end says, or hear it again.
     * Recordings, keys and whoever {@linkplain #listen listens} are not concerned.
     */
    public void muteIncoming(boolean muted) {
        incomingMuted = muted;
    }

    /** Whether others are not to hear the far end. */
    boolean isIncomingMuted() {
        return incomingMuted;
    }

    /** Sends keys of 160 ms with pauses of 80 ms; {@link #sendDigits(String, int, int)} says the rest. */
    public long sendDigits(String digits) {
        return sendDigits(digits, OutgoingKeys.TONE_MILLIS, OutgoingKeys.PAUSE_MILLIS);
    }

    /**
     * Sends keys after whatever plays now: as telephone-events (RFC 4733), or as tones in the sound where the far end takes no
     * telephone-events. Ends in one {@link MediaEvent.DigitsSent}: at once, and as not sent, while the far end does not listen.
     *
     * @param digits 0-9, *, #, A-D; {@code ,} and {@code w} are pauses of half a second, {@code W} of one second
     * @param toneMillis how long each key is down, 40 ms to a minute
     * @param pauseMillis the pause after each, 40 ms to a minute
     * @return the number that the event will carry
     * @throws IllegalArgumentException for another character or time
     */
    public long sendDigits(String digits, int toneMillis, int pauseMillis) {
        long id = lastId.incrementAndGet();
        var item = new OutgoingKeys(id, digits, toneMillis, pauseMillis);
        runner.post(() -> runner.outgoing().enqueue(item));
        return id;
    }

    /** Sends keys as {@link #sendDigits(String, int, int)} does, but before any clip: one that plays waits, and goes on after them. */
    long sendDigitsBeforeClips(String digits, int toneMillis, int pauseMillis) {
        long id = lastId.incrementAndGet();
        var item = new OutgoingKeys(id, digits, toneMillis, pauseMillis);
        runner.post(() -> runner.outgoing().enqueueBeforeClips(item));
        return id;
    }

    /** Completes on the session's loop, when all that was asked for until now is done there; never does once the engine is closed. */
    CompletableFuture<Void> reached() {
        var here = new CompletableFuture<Void>();
        runner.post(() -> here.complete(null));
        return here;
    }

    /**
     * Has the listener hear the far end, a packet time with every packet time, at a steady pace and with what was lost made up,
     * beside any other listener.
     *
     * @param listener called on the media loop: it returns at once, and copies what it keeps
     */
    public void listen(SoundListener listener) {
        runner.post(() -> runner.incoming().listen(listener));
    }

    /** That one listens no more. While nobody does, received sound is not decoded. */
    public void stopListening(SoundListener listener) {
        runner.post(() -> runner.incoming().stopListening(listener));
    }

    /**
     * Listens for the tones of the network and of machines from now on, early media included: each is one {@link
     * MediaEvent.ToneHeard}. A second time it begins anew, with the tones that are then named.
     *
     * @param tones whose call-progress tones to hear
     */
    public void listenForTones(ProgressTones tones) {
        runner.post(() -> runner.listenForTones(tones));
    }

    /**
     * Finds out by the sound from now on whether a person or a machine answered, and where it is a machine, when its greeting is over.
     * Ends in one {@link MediaEvent.MachineDetected}, and after one of a machine in one {@link MediaEvent.GreetingEnded}; asked for
     * again, it begins anew.
     *
     * @param beforeAnswer whether it is early media that is heard: there only a machine or a fax is found
     */
    public void detectMachine(MachineRules rules, boolean beforeAnswer) {
        runner.post(() -> runner.detectMachine(rules, beforeAnswer));
    }

    /**
     * Sends live sound too from now on, in every packet time in which it gives any, beside any other: clips play over it, keys go
     * out alone.
     *
     * @param sound called on the media loop: it returns at once
     */
    public void sendLive(LiveSound sound) {
        runner.post(() -> runner.outgoing().live(sound));
    }

    /** That one is sent no more. */
    public void stopLive(LiveSound sound) {
        runner.post(() -> runner.outgoing().stopLive(sound));
    }

    /**
     * Has the listener hear what we send, in every packet time from the agreement on: as the far end's decoder makes it, keys that
     * are no sound and what is not sent as silence. While nobody does, what is sent is not decoded.
     *
     * @param listener called on the media loop: it returns at once, and copies what it keeps
     */
    public void listenToSent(SoundListener listener) {
        runner.post(() -> runner.outgoing().listen(listener));
    }

    /** That one listens to what we send no more. */
    public void stopListeningToSent(SoundListener listener) {
        runner.post(() -> runner.outgoing().stopListening(listener));
    }

    /** Records what the far end says in linear samples: {@link #record(Path, RecordingOptions)} says the rest. */
    public long record(Path file) {
        return record(file, RecordingOptions.DEFAULT);
    }

    /**
     * Records from now on to an 8 kHz WAV file, which is whole at any time and complete when {@link MediaEvent.RecordingEnded} is told.
     * A recording that goes on ends where the next begins. Trouble becomes {@link MediaEvent.RecordingFailed}.
     *
     * @return the number that the events will carry
     */
    public long record(Path file, RecordingOptions options) {
        long id = lastId.incrementAndGet();
        runner.post(() -> runner.record(id, file, options, System.nanoTime()));
        return id;
    }

    /** Leaves out of a recording what is said from now on. */
    public void pauseRecording(long recordingId) {
        runner.post(() -> runner.recordings().pause(recordingId, System.nanoTime()));
    }

    /** Goes on with a recording that was paused: what comes now follows what came before the pause. */
    public void resumeRecording(long recordingId) {
        runner.post(() -> runner.recordings().resume(recordingId, System.nanoTime()));
    }

    /** Ends a recording; one that has ended stays as it is. */
    public void stopRecording(long recordingId) {
        runner.post(() -> runner.recordings().stop(recordingId, System.nanoTime()));
    }

    /** The far end pressed a key that came by another way than RTP: it may end a recording. */
    public void pressed(char key) {
        runner.post(() -> runner.recordings().pressed(key, System.nanoTime()));
    }

    /**
     * Has the time until {@link MediaEvent.ReceptionTimeout} begin anew: for a call that is answered after sound was agreed on, whose
     * caller need not speak before.
     */
    public void expectAnew() {
        runner.post(() -> runner.incoming().expectAnew(System.nanoTime()));
    }

    /** What was sent and received; at most a second old. */
    public MediaStatistics statistics() {
        return runner.statistics();
    }

    /**
     * Ends the session: RTCP BYE, ports freed, recording complete. Clips and keys that wait end as not whole. May be called
     * again.
     *
     * @return the final statistics, when all that is done; never fails. A recording that a disk holds up is waited for five seconds
     *     and then closed when the disk allows it. Completed on the media loop, or on another thread through which the ends of all
     *     sessions go: what is chained to it does nothing but hand on
     */
    public CompletionStage<MediaStatistics> finish() {
        if (!finishing.getAndSet(true))
            runner.post(() -> workers.end(
                    runner.finish(System.nanoTime()),
                    () -> LOG.warn(
                            "media session on port {}: its recording is not closed yet, the disk may hang",
                            local.getPort()),
                    () -> finished.complete(runner.statistics())));
        return finished.minimalCompletionStage();
    }

    /** {@link #finish} without waiting for it. */
    @Override
    public void close() {
        finish();
    }

    /**
     * Has the task run once the session is over, and its last packet sent; it returns at once. The task is run on a thread through which the
     * ends of all sessions go.
     */
    public void whenFinished(Runnable task) {
        var unused = finished.thenRunAsync(task, workers.ends());
    }

    /** The same on the media loop, which it must not hold up. */
    void onFinish(Runnable task) {
        var unused = finished.thenRun(task);
    }

    /** What the far end says, to be {@linkplain #lend lent}. */
    LentSound lentSound() {
        return new LentSound(runner::isHere, this::isIncomingMuted);
    }

    /** Has another session hear the far end, in place of any before it. */
    void lend(LentSound sound) {
        runner.post(() -> runner.incoming().lend(sound));
    }

    void takeBack(LentSound sound) {
        runner.post(() -> runner.incoming().takeBack(sound));
    }

    /**
     * Has the far end hear itself from now on, beneath what is played, until {@link #stopEcho}: again where it does already, another way. A
     * bridge's sound is taken away from it.
     *
     * @param packets whether it gets the payloads back that it sent, in our own stream: whatever is agreed on for both ways goes as it
     *     came, what else plays goes before it, and a key that came as a telephone-event is pressed as one when it is released. Else its
     *     sound, played out and coded anew, and no keys
     */
    public synchronized void startEcho(boolean packets) {
        stopEcho();
        var started = new SessionEcho(this, packets);
        echo = Optional.of(started);
        started.begin();
    }

    /** Ends what {@link #startEcho} began; nothing where nothing did. */
    public synchronized void stopEcho() {
        echo.ifPresent(SessionEcho::end);
        echo = Optional.empty();
    }

    /** Has payloads that come go out again, or none any more. */
    void loop(Optional<PacketLoop> loop) {
        runner.post(() -> {
            runner.incoming().loop(loop);
            runner.outgoing().loop(loop);
        });
    }

    /** Has somebody see all events too, on the media loop. */
    void watch(Consumer<MediaEvent> watcher) {
        runner.post(() -> runner.watch(watcher));
    }

    void stopWatching(Consumer<MediaEvent> watcher) {
        runner.post(() -> runner.stopWatching(watcher));
    }

    /** The loop that has the session, or will have when what was posted until now is done. */
    MediaLoop loop() {
        return runner.loop();
    }

    /** See {@link MediaEngine#gather}. */
    void moveTo(MediaLoop loop) {
        runner.moveTo(loop);
    }

    /** Gives the ports back where the loop has stopped without having done so. */
    void abandon() {
        runner.abandon();
    }
}
