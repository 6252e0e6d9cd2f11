package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.net.Lateness;
import dev.outdial.media.net.MediaLoop;
import dev.outdial.media.net.MediaPorts;
import dev.outdial.media.net.RtpPorts;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.rtcp.NtpClock;
import dev.outdial.media.rtp.EncodedClip;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Sessions of RTP audio, and the sound they play. <b>Threading:</b> every method may be called on any thread; none but
 * {@link #close} waits.
 */
public final class MediaEngine implements AutoCloseable {
    private static final long CLIP_CACHE_BYTES = 64L << 20;
    private static final long CLOSE_SECONDS = 5;
    private static final int CNAME_BYTES = 12;

    private final MediaLoop loop = MediaLoop.start();
    private final SessionRunner.Buffers buffers = SessionRunner.Buffers.allocate();
    private final ScheduledExecutorService workers;
    private final RtpPorts ports;
    private final ClipCache clips;
    private final RandomGenerator random;
    private final NtpClock ntpClock = new NtpClock(System.currentTimeMillis(), System.nanoTime());
    private final String cname;
    private final Set<MediaSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private MediaEngine(MediaConfig config) {
        this.ports = new RtpPorts(config.firstPort(), config.lastPort());
        this.workers = Executors.newScheduledThreadPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().name("outdial-media-worker-", 0).daemon().factory());
        this.clips = new ClipCache(workers, CLIP_CACHE_BYTES);
        this.random = config.seed().isPresent() ? new Random(config.seed().getAsLong()) : new SecureRandom();
        byte[] name = new byte[CNAME_BYTES];
        random.nextBytes(name);
        this.cname = HexFormat.of().formatHex(name);
    }

    /** Starts the media loop and the workers. */
    public static MediaEngine open(MediaConfig config) {
        return new MediaEngine(config);
    }

    /**
     * Takes a pair of ports and receives on them from now on.
     *
     * @param local the address to bind, and to name in the offer
     * @param listener called on the media loop; it must do nothing but post the event on
     * @throws RtpPortsExhaustedException when no pair of the range is free
     * @throws IllegalArgumentException when {@code local} is not an address of this machine
     * @throws IllegalStateException when the engine is closed
     */
    public MediaSession openSession(InetAddress local, Consumer<MediaEvent> listener)
            throws RtpPortsExhaustedException {
        if (closed) throw new IllegalStateException("the media engine is closed");
        MediaPorts pair = ports.open(local);
        var runner = new CompletableFuture<SessionRunner>();
        var setup = new SessionRunner.Setup(loop, pair, buffers, workers, random, ntpClock, cname, listener);
        loop.post(() -> runner.complete(new SessionRunner(setup, System.nanoTime())));
        var session = new MediaSession(loop, workers, runner, pair.address(), random.nextLong(1L << 62));
        sessions.add(session);
        session.whenFinished(() -> sessions.remove(session));
        // Closed in the meantime, it would be left over.
        if (closed) session.close();
        return session;
    }

    /**
     * Reads, resamples and encodes a file on a worker: once, the result is kept by content.
     *
     * @param ptimeMillis 10 to 40
     * @return fails with {@link dev.outdial.media.file.AudioFormatException} for a file that cannot be played, {@link
     *     java.nio.file.NoSuchFileException} for a missing one, or another {@link java.io.IOException}; completed on a worker
     */
    public CompletionStage<EncodedClip> encode(Path file, AudioCodec codec, int ptimeMillis) {
        return clips.encode(file, codec, ptimeMillis);
    }

    /** How late packets left, over all sessions since the engine was opened. */
    public Lateness lateness() {
        return loop.lateness();
    }

    /** Port pairs that sessions hold. */
    public int portsInUse() {
        return ports.inUse();
    }

    /** Ends all sessions and frees their ports; returns when that is done. */
    @Override
    public void close() {
        closed = true;
        var all = sessions.stream()
                .map(session -> session.finish().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        // A disk that hangs must not keep the program from ending.
        CompletableFuture.allOf(all)
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        loop.close();
        workers.shutdown();
    }
}
