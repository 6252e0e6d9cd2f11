package dev.outdial.media;

import dev.outdial.media.net.LoopMember;
import dev.outdial.media.net.MediaLoop;
import dev.outdial.media.net.MediaPorts;
import dev.outdial.media.record.Recorder;
import dev.outdial.media.rtcp.NtpClock;
import dev.outdial.media.rtcp.RtcpReception;
import dev.outdial.media.rtcp.RtcpReporter;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.rtp.RtpReceiver;
import dev.outdial.media.rtp.RtpSender;
import dev.outdial.media.sdp.Negotiation.Agreed;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the streams of one session decide: moves packets between them and the sockets. <b>Threading:</b> belongs to
 * the media loop, but for {@link #statistics}.
 */
final class SessionRunner implements LoopMember {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRunner.class);
    private static final int MAX_PACKETS_A_TICK = 50;
    private static final long PUBLISH_EVERY_NANOS = 1_000_000_000;
    private static final double SAMPLES_PER_MILLI = 8;

    private final MediaLoop loop;
    private final MediaPorts ports;
    private final Buffers buffers;
    private final ScheduledExecutorService workers;
    private final Consumer<MediaEvent> listener;
    private final RtpSender sender;
    private final RtpReceiver receiver = new RtpReceiver();
    private final OutgoingStream outgoing;
    private final IncomingStream incoming;
    private final RtcpReception reception;
    private final RtcpReporter reporter;
    private final MediaLoop.Membership membership;
    private Optional<Agreed> agreed = Optional.empty();
    private boolean remoteByeReported;
    private boolean finished;
    private CompletionStage<Void> recorded = CompletableFuture.completedStage(null);
    private long sent;
    private long lateTicks;
    private long publishedNanos;
    private volatile MediaStatistics statistics = MediaStatistics.NONE;

    /** Packet buffers that all sessions of a loop share: their contents last no longer than a call. */
    record Buffers(ByteBuffer outgoing, ByteBuffer incoming) {
        static Buffers allocate() {
            return new Buffers(ByteBuffer.allocateDirect(512), ByteBuffer.allocateDirect(2048));
        }
    }

    /** What a session is made with. */
    record Setup(
            MediaLoop loop,
            MediaPorts ports,
            Buffers buffers,
            ScheduledExecutorService workers,
            RandomGenerator random,
            NtpClock ntpClock,
            String cname,
            Consumer<MediaEvent> listener) {}

    SessionRunner(Setup setup, long nowNanos) {
        this.loop = setup.loop();
        this.ports = setup.ports();
        this.buffers = setup.buffers();
        this.workers = setup.workers();
        this.listener = setup.listener();
        this.sender = new RtpSender(setup.random());
        this.outgoing = new OutgoingStream(sender, this::emit);
        this.incoming = new IncomingStream(receiver, this::emit);
        this.reception = new RtcpReception(sender.ssrc(), receiver, setup.ntpClock());
        this.reporter = new RtcpReporter(
                sender, receiver, reception, setup.ntpClock(), setup.random(), setup.cname(), nowNanos);
        this.publishedNanos = nowNanos;
        this.membership = loop.join(this);
    }

    void agree(Agreed terms) {
        if (finished) return;
        agreed = Optional.of(terms);
        outgoing.agree(terms);
        incoming.agree(terms);
        membership.ptimeMillis(terms.ptimeMillis());
    }

    void play(long id, EncodedClip clip) {
        outgoing.play(id, clip);
    }

    void sendDigits(long id, String digits) {
        outgoing.sendDigits(id, digits);
    }

    void stopPlaying() {
        outgoing.stopPlaying();
    }

    void record(Path file, long nowNanos) {
        if (finished) return;
        incoming.recorder().ifPresent(recorder -> endRecording(recorder, nowNanos));
        incoming.record(Recorder.start(
                file, workers, why -> loop.post(() -> emit(new MediaEvent.RecordingFailed(why))), nowNanos));
    }

    private void endRecording(Recorder recorder, long nowNanos) {
        recorded = CompletableFuture.allOf(
                recorded.toCompletableFuture(), recorder.finish(nowNanos).toCompletableFuture());
    }

    @Override
    public boolean send(int missedTicks, long nowNanos) {
        if (agreed.isPresent()) lateTicks += missedTicks;
        ByteBuffer packet = buffers.outgoing().clear();
        reporter.packetTime(nowNanos);
        if (outgoing.tick(packet)
                && ports.rtp().send(packet.flip(), agreed.orElseThrow().remoteRtp())) {
            sent++;
            return true;
        }
        return false;
    }

    @Override
    public void receive(long nowNanos) {
        read(nowNanos);
        incoming.tick(nowNanos);
        if (mayReport() && nowNanos - reporter.nextDeadlineNanos() >= 0) sendReport(nowNanos);
        if (nowNanos - publishedNanos >= PUBLISH_EVERY_NANOS) publish(nowNanos);
    }

    private void read(long nowNanos) {
        ByteBuffer datagram = buffers.incoming();
        for (int i = 0; i < MAX_PACKETS_A_TICK && ports.rtp().receive(datagram); i++)
            incoming.put(datagram, ports.rtp().sender(), nowNanos);
        for (int i = 0; i < MAX_PACKETS_A_TICK && ports.rtcp().receive(datagram); i++)
            putRtcp(datagram, ports.rtcp().sender(), nowNanos);
    }

    private void putRtcp(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        if (agreed.isEmpty() || !agreed.get().remoteRtcp().equals(from)) return;
        reception.put(datagram, nowNanos);
        if (reception.isBye() && !remoteByeReported) {
            remoteByeReported = true;
            emit(new MediaEvent.RemoteBye());
        }
    }

    private boolean mayReport() {
        return agreed.isPresent() && agreed.get().mayReport();
    }

    private void sendReport(long nowNanos) {
        ByteBuffer packet = buffers.outgoing().clear();
        if (!reporter.writeReport(packet, nowNanos)) return;
        ports.rtcp().send(packet.flip(), agreed.orElseThrow().remoteRtcp());
    }

    private void sendBye(long nowNanos) {
        if (!mayReport()) return;
        ByteBuffer packet = buffers.outgoing().clear();
        if (!reporter.writeBye(packet, nowNanos)) return;
        ports.rtcp().send(packet.flip(), agreed.orElseThrow().remoteRtcp());
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
        if (finished) return recorded.handle((done, problem) -> statistics);
        finished = true;
        membership.leave();
        // Each for itself: whatever is broken, the ports are freed and the end is told.
        // What arrived before the end belongs to the session: the last key above all.
        attempt(() -> read(nowNanos));
        attempt(incoming::finish);
        attempt(outgoing::finish);
        attempt(() -> sendBye(nowNanos));
        attempt(ports::close);
        attempt(() -> incoming.recorder().ifPresent(recorder -> endRecording(recorder, nowNanos)));
        attempt(() -> publish(nowNanos));
        return recorded.handle((done, problem) -> statistics);
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
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.error(
                    "the listener of the media session on port {} failed",
                    ports.address().getPort(),
                    e);
        }
    }

    private void publish(long nowNanos) {
        publishedNanos = nowNanos;
        statistics = new MediaStatistics(
                new MediaStatistics.Sent(
                        sent, ports.rtp().unsent() + ports.rtcp().unsent(), 0, lateTicks),
                new MediaStatistics.Received(
                        receiver.received(),
                        receiver.lost(),
                        receiver.duplicated(),
                        receiver.outOfOrder(),
                        receiver.jitter() / SAMPLES_PER_MILLI,
                        receiver.longestGapNanos() / 1_000_000,
                        0,
                        0,
                        incoming.strangers(),
                        0,
                        incoming.discarded()),
                new MediaStatistics.Remote(
                        reception.remoteLost(), reception.remoteJitterMillis(), reception.roundTripMillis()),
                OptionalDouble.empty());
    }

    /** Any thread. */
    MediaStatistics statistics() {
        return statistics;
    }
}
