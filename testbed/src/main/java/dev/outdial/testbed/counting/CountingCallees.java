package dev.outdial.testbed.counting;

import dev.outdial.testbed.rtp.G711;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * The ears of thousands of callees behind a few ports, read by one thread and, if they speak, sent from by another. They count
 * packets and time their arrival; they hear no words.
 *
 * <p>The time of a packet is that at which it was read, not that at which it came from the wire: Java has no receive time of the
 * system. So what is said of pacing includes the time that the reading thread takes to wake and to read what came before.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class CountingCallees implements AutoCloseable {
    private static final int PORTS = 8;
    private static final int FRAMES_A_SECOND = 50;

    /** One callee, from its answer to its end. */
    public interface Callee {
        /** Stops speaking. What still arrives is counted. Doing it twice does no harm. */
        void leave();
    }

    private final CountingOptions options;
    private final List<CountingPort> ports;
    private final Map<G711, Speech> speeches = new EnumMap<>(G711.class);
    private final CountedStreams streams;
    private final CountingReader reader;
    private final Optional<SpeakingLoop> mouth;
    private final Random random;
    private int next;
    private boolean closed;

    private CountingCallees(InetAddress address, CountingOptions options, long seed) {
        this.options = options;
        streams = new CountedStreams(options.settle());
        random = new Random(seed);
        if (options.speak()) for (var law : G711.values()) speeches.put(law, new Speech(law));
        ports = CountingPort.open(PORTS, () -> CountingPort.open(address));
        reader = CountingReader.start(ports, streams);
        mouth = options.speak() ? Optional.of(SpeakingLoop.start()) : Optional.empty();
    }

    /**
     * Opens the ports.
     *
     * @param seed of their SSRCs and of when they press which key
     * @throws java.io.UncheckedIOException when there are not enough ports
     */
    public static CountingCallees open(InetAddress address, CountingOptions options, long seed) {
        return new CountingCallees(address, options, seed);
    }

    /** What they do beside counting. */
    public CountingOptions options() {
        return options;
    }

    /** The RTP port for one callee more; RTCP is one above. Callees share ports. */
    public synchronized int nextPort() {
        return ports.get(next++ % PORTS).port();
    }

    /**
     * A callee has answered: it speaks from now on, if callees do.
     *
     * @param port one that {@link #nextPort} gave
     * @param to where the caller listens; empty where it does not
     * @param eventPayloadType of telephone-events; empty where its keys are to be tones
     */
    public synchronized Callee answer(
            int port, Optional<InetSocketAddress> to, G711 law, OptionalInt eventPayloadType) {
        var from = ports.stream().filter(p -> p.port() == port).findFirst().orElseThrow();
        if (mouth.isEmpty() || to.isEmpty()) return this::ended;
        int frames = options.pressEvery()
                .map(every -> (int) (every.toMillis() * FRAMES_A_SECOND / 1000))
                .orElse(0);
        var speech = speeches.get(law);
        if (speech == null) throw new IllegalStateException("no speech in " + law);
        var seat = new SpeakingLoop.Seat(from, to.get(), new Voice(speech, eventPayloadType, frames, random));
        mouth.get().join(seat);
        return () -> {
            ended();
            mouth.get().leave(seat);
        };
    }

    private void ended() {
        synchronized (streams) {
            streams.callEnded(System.nanoTime());
        }
    }

    /** What was counted so far. Keys are those of callees that have left. */
    public CountReport report() {
        synchronized (streams) {
            return streams.report(
                    reader.longestReadNanos() / 1e6,
                    mouth.map(SpeakingLoop::sent).orElse(0L),
                    mouth.map(SpeakingLoop::skipped).orElse(0L),
                    mouth.map(SpeakingLoop::keysPressed).orElse(0L),
                    System.nanoTime());
        }
    }

    /** Stops speaking, counts what has arrived, and stops hearing. What was counted can still be asked for. Doing it twice does no harm. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        mouth.ifPresent(SpeakingLoop::close);
        reader.close();
        ports.forEach(CountingPort::close);
    }
}
