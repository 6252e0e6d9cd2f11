package dev.outdial.media;

import dev.outdial.media.dtmf.Digits;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.OfferAnswer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream of RTP audio out and one in. It receives from the moment it is opened, and sends (silence where nothing
 * plays) from {@link #answered} or {@link #agree} to the end. A handle: <b>threading:</b> every method may be called on
 * any thread, none waits.
 */
public final class MediaSession implements AutoCloseable {
    private final Executor workers;
    private final SessionRunner runner;
    private final InetSocketAddress local;
    private final byte[] offer;
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicBoolean finishing = new AtomicBoolean();
    private final CompletableFuture<MediaStatistics> finished = new CompletableFuture<>();
    private volatile Optional<Agreed> agreed = Optional.empty();

    MediaSession(SessionRunner runner, Executor workers, InetSocketAddress local, long sessionId) {
        this.workers = workers;
        this.runner = runner;
        this.local = local;
        this.offer = OfferAnswer.offer(local, sessionId);
    }

    /** Where RTP is received; RTCP on the port after it. */
    public InetSocketAddress localRtp() {
        return local;
    }

    /** The session description to offer, {@code application/sdp}; always the same. */
    public byte[] offer() {
        return offer.clone();
    }

    /**
     * Judges an answer to {@link #offer}. Where it is agreeable, RTP flows from now on; a later one replaces it.
     *
     * @param sdp the answer, of whatever quality
     */
    public Negotiation answered(byte[] sdp) {
        Negotiation negotiation = OfferAnswer.judge(sdp, local.getAddress());
        if (negotiation instanceof Agreed terms) agree(terms);
        return negotiation;
    }

    /**
     * Has RTP flow on these terms from now on; later ones replace them. For a call that is answered without a session
     * description after one in a provisional response, whose {@link #early} terms then hold.
     */
    public void agree(Agreed terms) {
        agreed = Optional.of(terms);
        runner.post(() -> runner.agree(terms, System.nanoTime()));
    }

    /**
     * Judges a session description in a provisional response. Sound is received already, from anywhere; nothing is sent before
     * {@link #answered} or {@link #agree}.
     */
    public Negotiation early(byte[] sdp) {
        return OfferAnswer.judge(sdp, local.getAddress());
    }

    /**
     * Plays a clip after whatever plays now, without a gap. Ends in one {@link MediaEvent.Played}: at once, and as not
     * played, while the far end does not listen ({@link Agreed#mayTalk} is false).
     *
     * @return the number that the event will carry
     * @throws IllegalStateException before an agreeable answer
     * @throws IllegalArgumentException when the clip's codec or ptime is not the agreed one
     */
    public long play(EncodedClip clip) {
        Agreed terms = agreed.orElseThrow(() -> new IllegalStateException("not answered yet"));
        if (clip.codec() != terms.codec() || clip.ptimeMillis() != terms.ptimeMillis())
            throw new IllegalArgumentException("clip of " + clip.codec() + ", " + clip.ptimeMillis()
                    + " ms, agreed was " + terms.codec() + ", " + terms.ptimeMillis() + " ms");
        long id = lastId.incrementAndGet();
        runner.post(() -> runner.play(id, clip));
        return id;
    }

    /** Ends what plays within one packet and forgets the clips after it; keys that wait are still sent. */
    public void stopPlaying() {
        runner.post(() -> runner.stopPlaying());
    }

    /**
     * Sends keys as telephone-events after whatever plays now, 160 ms each with 80 ms pauses. Ends in one {@link
     * MediaEvent.DigitsSent}: at once, and as not sent, while the far end does not listen.
     *
     * @param digits 0-9, *, #, A-D
     * @return the number that the event will carry
     * @throws IllegalArgumentException for another character
     */
    public long sendDigits(String digits) {
        if (!Digits.areAll(digits)) throw new IllegalArgumentException("digits, expected 0-9, *, #, A-D only");
        long id = lastId.incrementAndGet();
        runner.post(() -> runner.sendDigits(id, digits));
        return id;
    }

    /**
     * Records what the far end says from now on to an 8 kHz 16 bit mono WAV file. The file is readable at any time,
     * complete when {@link #finish} is. A second recording ends the first. Trouble becomes {@link
     * MediaEvent.RecordingFailed}.
     */
    public void record(Path file) {
        runner.post(() -> runner.record(file, System.nanoTime()));
    }

    /** What was sent and received; at most a second old. */
    public MediaStatistics statistics() {
        return runner.statistics();
    }

    /**
     * Ends the session: RTCP BYE, ports freed, recording complete. Clips and keys that wait end as not whole. May be called
     * again.
     *
     * @return the final statistics, when all that is done; never fails; completed on a worker
     */
    public CompletionStage<MediaStatistics> finish() {
        if (!finishing.getAndSet(true))
            runner.post(() -> runner.finish(System.nanoTime())
                    .thenAccept(statistics -> finished.completeAsync(() -> statistics, workers)));
        return finished.minimalCompletionStage();
    }

    /** {@link #finish} without waiting for it. */
    @Override
    public void close() {
        finish();
    }

    /** Has the task run once the session is over. */
    void whenFinished(Runnable task) {
        var unused = finished.thenRun(task);
    }

    /** Gives the ports back where the loop has stopped without having done so. */
    void abandon() {
        runner.abandon();
    }
}
