package dev.outdial.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.rtp.EncodedClip;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever becomes of a session, its ports, descriptors and threads come back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PortsComeBackTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int THREADS = 4;
    private static final EncodedClip CLIP = EncodedClip.of(AudioCodec.PCMU, 20, new byte[16_000]);

    private final AtomicInteger failed = new AtomicInteger();

    /** What is loaded once stays: not to be taken for a leak. */
    @BeforeEach
    void useEverythingOnce() throws Exception {
        try (MediaEngine engine = MediaEngine.open(MediaConfig.of(22_600, 22_603))) {
            call(engine, new Random(0), 0);
        }
    }

    private static long openDescriptors() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        assumeTrue(system instanceof UnixOperatingSystemMXBean);
        return ((UnixOperatingSystemMXBean) system).getOpenFileDescriptorCount();
    }

    private static List<Thread> mediaThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("outdial-media"))
                .toList();
    }

    @Test
    void afterTenThousandSessionsOfWhichAThirdFailNothingIsLeft() throws Exception {
        int calls = 10_000;
        long descriptors = openDescriptors();
        var foreign = new ArrayList<DatagramSocket>();
        for (int port = 22_611; port < 22_650; port += 7)
            foreign.add(new DatagramSocket(new InetSocketAddress(LOOPBACK, port)));
        try (MediaEngine engine = MediaEngine.open(MediaConfig.of(22_610, 22_689))) {
            try (var pool = Executors.newFixedThreadPool(THREADS)) {
                var all = new ArrayList<Future<?>>();
                for (int i = 0; i < THREADS; i++) {
                    var random = new Random(i);
                    all.add(pool.submit(() -> {
                        for (int k = 0; k < calls / THREADS; k++) call(engine, random, random.nextInt(1000));
                        return null;
                    }));
                }
                for (Future<?> each : all) each.get(50, TimeUnit.SECONDS);
            }
            assertThat(engine.portsInUse()).isZero();
        }
        foreign.forEach(DatagramSocket::close);
        assertThat(failed.get()).isBetween(calls / 4, calls * 2 / 5);
        assertNothingIsLeft(descriptors);
    }

    private static void assertNothingIsLeft(long descriptors) throws Exception {
        for (Thread thread : mediaThreads())
            assertThat(thread.join(java.time.Duration.ofSeconds(10))).isTrue();
        assertThat(openDescriptors()).isEqualTo(descriptors);
    }

    /** One session, of a kind that the number chooses; three of ten end badly. */
    private void call(MediaEngine engine, Random random, int kind) throws Exception {
        if (kind < 90) openAtAnAddressThatIsNotOurs(engine);
        else if (kind < 180) openUntilNoneIsLeft(engine);
        else if (kind < 290) endWithABrokenListener(engine);
        else if (kind < 310) endByAFault(engine);
        else end(open(engine, event -> {}, random.nextBoolean()));
    }

    private void openAtAnAddressThatIsNotOurs(MediaEngine engine) throws Exception {
        try {
            engine.openSession(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), event -> {});
        } catch (IllegalArgumentException | RtpPortsExhaustedException e) {
            failed.incrementAndGet();
        }
    }

    private void openUntilNoneIsLeft(MediaEngine engine) throws Exception {
        var open = new ArrayList<MediaSession>();
        try {
            while (open.size() < 20) open.add(engine.openSession(LOOPBACK, event -> {}));
        } catch (RtpPortsExhaustedException e) {
            // The others have them.
        }
        failed.incrementAndGet();
        for (MediaSession each : open) each.close();
        for (MediaSession each : open) end(each);
    }

    private void endWithABrokenListener(MediaEngine engine) throws Exception {
        MediaSession session = open(
                engine,
                event -> {
                    throw new IllegalStateException("planted");
                },
                true);
        failed.incrementAndGet();
        end(session);
    }

    /** An error in the middle of a tick. */
    private void endByAFault(MediaEngine engine) throws Exception {
        var told = new CountDownLatch(1);
        MediaSession session = open(
                engine,
                event -> {
                    if (event instanceof MediaEvent.Failed) told.countDown();
                    else if (event instanceof MediaEvent.FirstPacket) throw new LinkageError("planted");
                },
                true);
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        failed.incrementAndGet();
        end(session);
    }

    /** Waits for its turn where the ports are used up. */
    private static MediaSession open(
            MediaEngine engine, java.util.function.Consumer<MediaEvent> listener, boolean answered) throws Exception {
        while (true) {
            try {
                MediaSession session = engine.openSession(LOOPBACK, listener);
                if (answered) {
                    session.answered(session.offer());
                    session.play(CLIP);
                } else {
                    session.answered("nonsense".getBytes(StandardCharsets.US_ASCII));
                }
                return session;
            } catch (RtpPortsExhaustedException e) {
                Thread.onSpinWait();
            }
        }
    }

    private static void end(MediaSession session) throws Exception {
        session.finish().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void anEngineThatIsClosedWhileSessionsAreOpenedKeepsNone() throws Exception {
        long descriptors = openDescriptors();
        for (int round = 0; round < 30; round++) {
            MediaEngine engine = MediaEngine.open(MediaConfig.of(22_700, 22_739).withLoops(2));
            var someAreOpen = new CountDownLatch(5);
            try (var pool = Executors.newFixedThreadPool(THREADS)) {
                for (int i = 0; i < THREADS; i++)
                    pool.execute(() -> {
                        try {
                            while (true) {
                                MediaSession session = engine.openSession(LOOPBACK, event -> {});
                                session.answered(session.offer());
                                someAreOpen.countDown();
                                if (engine.portsInUse() > 15) session.close();
                            }
                        } catch (RtpPortsExhaustedException | IllegalStateException e) {
                            failed.incrementAndGet();
                        }
                    });
                assertThat(someAreOpen.await(10, TimeUnit.SECONDS)).isTrue();
                engine.close();
            }
            assertThat(engine.portsInUse()).isZero();
        }
        assertNothingIsLeft(descriptors);
    }
}
