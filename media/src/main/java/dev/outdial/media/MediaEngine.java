package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.codec.SilentFrames;
import dev.outdial.media.net.Lateness;
import dev.outdial.media.net.MediaLoop;
import dev.outdial.media.net.MediaPorts;
import dev.outdial.media.net.RtpPorts;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.rtcp.NtpClock;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.media.sdp.Capabilities;
import dev.outdial.media.sdp.OfferAnswer;
import dev.outdial.media.srtp.SrtpKey;
import dev.outdial.media.srtp.SrtpPolicy;
import dev.outdial.media.srtp.SrtpSession;
import dev.outdial.media.srtp.SrtpSuite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sessions of RTP audio, and the sound they play. <b>Threading:</b> every method may be called on any thread; none but
 * {@link #close} waits.
 */
public final class MediaEngine implements AutoCloseable {
    private static final long CLIP_CACHE_BYTES = 64L << 20;
    /** A little longer than a session waits for its recording. */
    private static final long CLOSE_SECONDS = MediaWorkers.RECORDING_CLOSE_SECONDS + 1;

    private static final int CNAME_BYTES = 12;
    private static final int USUAL_PTIME_MILLIS = 20;

    private final List<MediaLoop> loops;
    private final MediaWorkers workers = new MediaWorkers();
    private final RtpPorts ports;
    private final ClipCache clips;
    private final RandomGenerator random;
    private final NtpClock ntpClock = new NtpClock(System.currentTimeMillis(), System.nanoTime());
    private final String cname;
    private final Set<MediaSession> sessions = ConcurrentHashMap.newKeySet();
    private final Object opening = new Object();
    private final Object gathering = new Object();
    private final Companions<MediaSession> companions = new Companions<>();
    private boolean closed;

    private MediaEngine(MediaConfig config) {
        this.ports = new RtpPorts(config.firstPort(), config.lastPort(), config.tap());
        this.loops = IntStream.rangeClosed(1, config.loops())
                .mapToObj(i -> MediaLoop.start("outdial-media" + (i > 1 ? "-" + i : ""), config.slotMillis()))
                .toList();
        this.clips = new ClipCache(
                workers.decoders(), new SoundFinder(config.fetcher(), config.speaker()), CLIP_CACHE_BYTES);
        this.random = config.seed().isPresent() ? new Random(config.seed().getAsLong()) : new SecureRandom();
        byte[] name = new byte[CNAME_BYTES];
        random.nextBytes(name);
        this.cname = HexFormat.of().formatHex(name);
    }

    /** Starts the media loops; the workers start when there is work. */
    public static MediaEngine open(MediaConfig config) {
        return new MediaEngine(config);
    }

    /** {@link #openSession(InetAddress, SessionOptions, Consumer)} with {@link SessionOptions#DEFAULT}. */
    public MediaSession openSession(InetAddress local, Consumer<MediaEvent> listener)
            throws RtpPortsExhaustedException {
        return openSession(local, SessionOptions.DEFAULT, listener);
    }

    /**
     * Takes a pair of ports and receives on them from now on.
     *
     * @param local the address to bind, and to name in the offer unless the options name another
     * @param options how the session is to be
     * @param listener called on the media loop; it must do nothing but post the event on
     * @throws RtpPortsExhaustedException when no pair of the range is free
     * @throws IllegalArgumentException when {@code local} is not an address of this machine, or the advertised one is of another
     *     family
     * @throws IllegalStateException when the engine is closed
     */
    public MediaSession openSession(InetAddress local, SessionOptions options, Consumer<MediaEvent> listener)
            throws RtpPortsExhaustedException {
        InetAddress named = options.advertised().orElse(local);
        if (named.getAddress().length != local.getAddress().length)
            throw new IllegalArgumentException(
                    named.getHostAddress() + " cannot be advertised for " + local.getHostAddress());
        // The first time that takes longer than a loop may be held up.
        if (options.capabilities().srtp() != SrtpPolicy.OFF) SrtpSession.warmUp();
        for (AudioCodec codec : options.capabilities().codecs()) SilentFrames.of(codec, USUAL_PTIME_MILLIS);
        MediaPorts pair = ports.open(local);
        try {
            return open(pair, options, listener);
        } catch (Throwable e) {
            pair.close();
            throw e;
        }
    }

    private MediaSession open(MediaPorts pair, SessionOptions options, Consumer<MediaEvent> listener) {
        // A session that is opened while the engine closes is either refused here or among those that are ended.
        synchronized (opening) {
            if (closed) throw new IllegalStateException("the media engine is closed");
            MediaLoop loop =
                    loops.stream().min(Comparator.comparingInt(MediaLoop::size)).orElseThrow();
            // Its own: the secure source is slow, and makes an object for each number that it gives.
            var numbers = new SplittableRandom(random.nextLong());
            int port = pair.address().getPort();
            OfferAnswer exchange = OfferAnswer.of(
                    new InetSocketAddress(
                            options.advertised().orElse(pair.address().getAddress()), port),
                    options.capabilities(),
                    random.nextLong(1L << 62),
                    keys(options.capabilities()));
            var setup = new SessionRunner.Setup(
                    loop,
                    pair,
                    options,
                    exchange.receivable(),
                    workers.recordings(),
                    numbers,
                    ntpClock,
                    cname,
                    listener);
            var runner = new SessionRunner(setup, System.nanoTime());
            var session = new MediaSession(runner, workers, pair.address(), exchange);
            sessions.add(session);
            session.onFinish(() -> sessions.remove(session));
            runner.start();
            return session;
        }
    }

    /** New ones for each session, the stronger suite first. */
    private List<SrtpKey> keys(Capabilities capabilities) {
        return capabilities.srtp() == SrtpPolicy.OFF
                ? List.of()
                : Stream.of(SrtpSuite.values())
                        .map(suite -> SrtpKey.random(suite, random))
                        .toList();
    }

    /**
     * Reads, resamples and encodes a file on a worker: once, the result is kept by content.
     *
     * @param ptimeMillis 10 to 40
     * @return fails with {@link dev.outdial.media.file.AudioFormatException} for a file that cannot be played, {@link
     *     java.nio.file.NoSuchFileException} for a missing one, or another {@link java.io.IOException}; completed on a worker
     */
    public CompletionStage<EncodedClip> encode(Path file, AudioCodec codec, int ptimeMillis) {
        return encode(new Sound.InFile(file), codec, ptimeMillis);
    }

    /** The same for sound from anywhere. */
    public CompletionStage<EncodedClip> encode(Sound sound, AudioCodec codec, int ptimeMillis) {
        return encode(sound, codec, ptimeMillis, false);
    }

    /** The same, brought to the loudness that all prompts have where {@code levelled}. */
    public CompletionStage<EncodedClip> encode(Sound sound, AudioCodec codec, int ptimeMillis, boolean levelled) {
        return clips.encode(sound, codec, ptimeMillis, levelled);
    }

    /**
     * Has sessions carried by one loop from now on, the one that has the first of them: what is posted to any of them after this
     * call runs there, as sessions that share sound need it. Where all are there already, or there is one loop only, nothing
     * changes. Each moves between two of its packet times; a session that has ended stays where it was.
     *
     * @throws IllegalArgumentException for a session of another engine; then none has moved
     */
    public void gather(MediaSession first, MediaSession... others) {
        // Two at once must not send the same sessions to different loops.
        synchronized (gathering) {
            MediaLoop loop = first.loop();
            for (MediaSession session : others) requireOurs(session.loop());
            requireOurs(loop);
            for (MediaSession session : others) {
                // Who hears it, or is heard by it, goes with it: between two loops there is silence.
                companions.with(session).forEach(each -> each.moveTo(loop));
            }
        }
    }

    /** Gathers two that are to hear each other, and keeps them together until they are {@linkplain #part parted} or one ends. */
    void join(MediaSession one, MediaSession other) {
        synchronized (gathering) {
            gather(one, other);
            companions.join(one, other);
        }
        one.whenFinished(() -> forget(one));
        other.whenFinished(() -> forget(other));
    }

    /** Those need not be kept together for what they were joined for. */
    void part(MediaSession one, MediaSession other) {
        synchronized (gathering) {
            companions.part(one, other);
        }
    }

    private void forget(MediaSession ended) {
        synchronized (gathering) {
            companions.forget(ended);
        }
    }

    private void requireOurs(MediaLoop loop) {
        if (!loops.contains(loop)) throw new IllegalArgumentException("a session of another engine");
    }

    /**
     * Has the far ends of two sessions hear each other, until the bridge is closed. Whether they are answered does not matter: whoever
     * may be heard is. A session is in one bridge at a time; a further one takes its far end's sound away from the one before. The
     * second is carried by the loop of the first from now on.
     *
     * @param passingKeys whether keys that come as telephone-events are pressed at the other far end when they are released; keys in
     *     the sound are heard as they are, in any case
     * @throws IllegalArgumentException for a session of another engine, or twice the same
     */
    public MediaBridge bridge(MediaSession first, MediaSession second, boolean passingKeys) {
        if (first.equals(second)) throw new IllegalArgumentException("a bridge of a session with itself");
        join(first, second);
        var bridge = new MediaBridge(first, second, passingKeys, () -> part(first, second));
        bridge.open();
        return bridge;
    }

    /** A conference that nobody takes part in yet. */
    public MediaConference conference() {
        return new MediaConference(this);
    }

    /** How late packets left, over all sessions since the engine was opened. */
    public Lateness lateness() {
        return MediaLoop.lateness(loops);
    }

    /** Port pairs that sessions hold. */
    public int portsInUse() {
        return ports.inUse();
    }

    /** Ends all sessions and frees their ports; returns when that is done. */
    @Override
    public void close() {
        synchronized (opening) {
            closed = true;
        }
        var all = sessions.stream()
                .map(session -> session.finish().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        // A disk that hangs must not keep the program from ending.
        CompletableFuture.allOf(all)
                .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
        loops.forEach(MediaLoop::close);
        sessions.forEach(MediaSession::abandon);
        workers.close();
    }
}
