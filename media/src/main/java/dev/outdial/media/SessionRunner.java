package dev.outdial.media;

import dev.outdial.media.amd.MachineRules;
import dev.outdial.media.net.LoopMember;
import dev.outdial.media.net.MediaLoop;
import dev.outdial.media.net.MediaPorts;
import dev.outdial.media.net.Membership;
import dev.outdial.media.net.PacketBuffers;
import dev.outdial.media.record.RecordingEnd;
import dev.outdial.media.record.RecordingOptions;
import dev.outdial.media.rtcp.NtpClock;
import dev.outdial.media.rtcp.RtcpReception;
import dev.outdial.media.rtcp.RtcpReporter;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import dev.outdial.media.sdp.PayloadTypes;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.media.tone.ToneDetector;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the streams of one session decide: moves packets between them and the sockets. <b>Threading:</b> belongs to
 * the media loop that has it, but for {@link #start}, {@link #post}, {@link #statistics} and {@link #abandon}.
 */
final class SessionRunner implements LoopMember {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRunner.class);
    private static final long PUBLISH_EVERY_NANOS = 1_000_000_000;

    private final MediaPorts ports;
    private final Consumer<MediaEvent> listener;
    private final List<Consumer<MediaEvent>> watchers = new ArrayList<>();
    private final RtpReceiver receiver = new RtpReceiver();
    private final OutgoingStream outgoing;
    private final IncomingStream incoming;
    private final SessionRecordings recordings;
    private final Sealing sealing;
    private final RtpLink rtp;
    private final RtcpLink rtcp;
    private final Membership membership;
    private final StatisticsBoard board = new StatisticsBoard();
    private Optional<SoundListener> toneEar = Optional.empty();
    private Optional<SoundListener> detecting = Optional.empty();
    private boolean agreed;
    private boolean finished;
    private long lateTicks;
    private long publishedNanos;

    /** What a session is made with. */
    record Setup(
            MediaLoop loop,
            MediaPorts ports,
            SessionOptions options,
            PayloadTypes offered,
            ScheduledExecutorService workers,
            RandomGenerator random,
            NtpClock ntpClock,
            String cname,
            Consumer<MediaEvent> listener) {}

    /** On any thread; the session lives from {@link #start} on. */
    SessionRunner(Setup setup, long nowNanos) {
        this.ports = setup.ports();
        this.listener = setup.listener();
        var sender = new RtpSender(setup.random());
        this.outgoing = new OutgoingStream(sender, this::emit);
        this.incoming = new IncomingStream(receiver, setup.offered(), setup.options(), this::emit);
        this.recordings = new SessionRecordings(incoming, outgoing, setup.workers(), this::post, this::emit);
        this.sealing = new Sealing(setup.options().capabilities().srtp());
        this.rtp = new RtpLink(ports.rtp(), sealing, setup.options().latching(), this::hear);
        var reception = new RtcpReception(sender.ssrc(), receiver, setup.ntpClock());
        var reporter = new RtcpReporter(
                sender, receiver, reception, setup.ntpClock(), setup.random(), setup.cname(), nowNanos);
        this.rtcp = new RtcpLink(ports.rtcp(), sealing, reception, reporter, this::hearRtcp, nowNanos);
        this.publishedNanos = nowNanos;
        this.membership = setup.loop().join(this);
    }

    /** Has the session tick. */
    void start() {
        membership.enter();
    }

    /** Has the task run where everything else of this session is run. */
    void post(Runnable task) {
        membership.post(task);
    }

    /** Whether the thread is the loop that carries the session: any thread. */
    boolean isHere() {
        return membership.isHere();
    }

    /** Has somebody see all events too, before the listener does. */
    void watch(Consumer<MediaEvent> watcher) {
        watchers.add(watcher);
    }

    void stopWatching(Consumer<MediaEvent> watcher) {
        watchers.remove(watcher);
    }

    /** Any thread. */
    MediaLoop loop() {
        return membership.destination();
    }

    /** Any thread: has the session go to another loop. */
    void moveTo(MediaLoop loop) {
        MediaLoop.handOver(membership, loop);
    }

    void agree(Agreed terms, long nowNanos) {
        if (finished) return;
        try {
            // Before anything leaves: where it fails, nothing goes on in clear.
            sealing.agree(terms.srtp());
            carry(terms, nowNanos);
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private void carry(Agreed terms, long nowNanos) {
        agreed = true;
        outgoing.agree(terms);
        incoming.agree(terms, nowNanos);
        rtp.target(incoming.target(), nowNanos);
        rtcp.agree(terms);
        membership.ptimeMillis(terms.ptimeMillis());
    }

    /** How early media is sealed; nothing leaves before {@link #agree}. */
    void early(Agreed terms) {
        if (finished) return;
        try {
            sealing.early(terms.srtp());
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    OutgoingStream outgoing() {
        return outgoing;
    }

    IncomingStream incoming() {
        return incoming;
    }

    /** Finds out who answered, from now on; who did so before hears nothing more. */
    void detectMachine(MachineRules rules, boolean beforeAnswer) {
        if (finished) return;
        detecting.ifPresent(incoming::stopListening);
        var listening = new MachineListening(rules, beforeAnswer, this::emit, incoming::stopListening);
        detecting = Optional.of(listening);
        incoming.listen(listening);
    }

    void listenForTones(ProgressTones tones) {
        toneEar.ifPresent(incoming::stopListening);
        var detector = new ToneDetector(tones, tone -> emit(new MediaEvent.ToneHeard(tone)));
        SoundListener ear = (samples, count, now) -> detector.put(samples, count);
        toneEar = Optional.of(ear);
        incoming.listen(ear);
    }

    SessionRecordings recordings() {
        return recordings;
    }

    void record(long id, Path file, RecordingOptions options, long nowNanos) {
        if (finished) emit(new MediaEvent.RecordingEnded(id, RecordingEnd.SESSION_ENDED, 0, 0));
        else recordings.start(id, file, options, nowNanos);
    }

    @Override
    public boolean send(int missedTicks, long nowNanos) {
        if (agreed) lateTicks += missedTicks;
        ByteBuffer packet = membership.buffers().outgoing().clear();
        rtcp.packetTime(nowNanos);
        return outgoing.tick(packet, nowNanos) && rtp.send(packet);
    }

    private void hear(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        // Some send RTCP to this port though it was never agreed on (RFC 5761).
        if (RtcpReception.isRtcp(datagram)) rtcp.put(datagram, incoming.isFarEnd(from), nowNanos);
        // A copy of an authentic packet from somewhere else must not make that one the copy.
        else if (!incoming.refuses(from) && sealing.open(datagram)) incoming.put(datagram, from, nowNanos);
    }

    private void hearRtcp(boolean firstBye, long nowNanos) {
        incoming.rtcpHeard(nowNanos);
        if (firstBye) emit(new MediaEvent.RemoteBye());
    }

    @Override
    public void receive(long nowNanos) {
        PacketBuffers buffers = membership.buffers();
        rtp.tick(buffers, nowNanos);
        // With latching, the first packets show where the others are to go.
        if (agreed) rtp.target(incoming.target(), nowNanos);
        incoming.tick(nowNanos);
        recordings.tick(nowNanos);
        rtcp.tick(buffers, nowNanos);
        if (nowNanos - publishedNanos >= PUBLISH_EVERY_NANOS) publish(nowNanos);
    }

    @Override
    public void failed(Throwable problem) {
        LOG.error(
                "media session on port {} ended by a fault of its own",
                ports.address().getPort(),
                problem);
        finish(publishedNanos);
        emit(new MediaEvent.Failed("the media session ended by a fault of its own; see the log"));
    }

    /** Ends the session; the stage completes when the recording is closed. */
    CompletionStage<MediaStatistics> finish(long nowNanos) {
        if (finished) return recordings.told().handle((done, problem) -> statistics());
        finished = true;
        membership.leave();
        // Each for itself: whatever is broken, the ports are freed and the end is told.
        // What arrived before the end belongs to the session: the last key above all.
        attempt(() -> rtp.readAll(membership.buffers(), nowNanos));
        attempt(() -> rtcp.read(membership.buffers(), nowNanos));
        attempt(incoming::finish);
        attempt(outgoing::finish);
        attempt(() -> rtcp.sendBye(membership.buffers(), nowNanos));
        attempt(ports::close);
        attempt(() -> recordings.finish(nowNanos));
        attempt(() -> publish(nowNanos));
        return recordings.told().handle((done, problem) -> statistics());
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOG.error(
                    "media session on port {} did not end cleanly",
                    ports.address().getPort(),
                    e);
        }
    }

    private void emit(MediaEvent event) {
        // Who acts on an event sees what led to it.
        publish(publishedNanos);
        if (event instanceof MediaEvent.Digit digit) recordings.pressed(digit.digit(), System.nanoTime());
        watchers.forEach(watcher -> tell(watcher, event));
        tell(listener, event);
    }

    private void tell(Consumer<MediaEvent> who, MediaEvent event) {
        try {
            who.accept(event);
        } catch (RuntimeException e) {
            LOG.error(
                    "the listener of the media session on port {} failed",
                    ports.address().getPort(),
                    e);
        }
    }

    private void publish(long nowNanos) {
        publishedNanos = nowNanos;
        board.sent(rtp.sent(), rtp.unsent() + rtcp.unsent(), rtp.unreachable(), lateTicks);
        board.receivedPackets(receiver.received(), receiver.lost(), receiver.duplicated(), receiver.outOfOrder());
        board.receivedSound(
                receiver.jitterMillis(),
                receiver.longestGapNanos() / 1_000_000,
                incoming.concealedMillis(),
                receiver.sourceChanges());
        board.heard(incoming.takeLevelDbov());
        board.refused(incoming.strangers(), sealing.rejected(), incoming.discarded());
        rtcp.show(board);
        board.publish();
    }

    /** Any thread. */
    MediaStatistics statistics() {
        return board.read();
    }

    /** Gives the ports back where the loop does not: any thread. */
    void abandon() {
        ports.close();
    }
}
