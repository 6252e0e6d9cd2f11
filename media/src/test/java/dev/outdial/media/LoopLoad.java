package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.testbed.prompts.Prompt;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what sessions cost: {@code LoopLoad SESSIONS SECONDS [echo]}. They play to one port that nobody reads, or with
 * {@code echo} to one another, which makes each of them hear as much as it says. Prints the processor time and the
 * allocation of the media loop, and lateness. Not a test.
 */
public final class LoopLoad {
    private LoopLoad() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        boolean echo = arguments.length > 2;
        printParkJitter();
        Path folder = Files.createTempDirectory("outdial-load");
        try (var engine = MediaEngine.open(new MediaConfig(16_384, 32_767, OptionalLong.empty()));
                var sink = DatagramChannel.open(StandardProtocolFamily.INET)) {
            sink.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            EncodedClip clip = engine.encode(Prompt.WELCOME_MP3.copyTo(folder), AudioCodec.PCMU, 20)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            var sessions = new ArrayList<MediaSession>();
            for (int i = 0; i < count; i++)
                sessions.add(engine.openSession(InetAddress.getLoopbackAddress(), event -> {}));
            for (int i = 0; i < count; i++) {
                MediaSession session = sessions.get(i);
                session.answered(echo ? sessions.get(i ^ 1).offer() : offerOf(session.offer(), sink));
                for (int k = 0; k <= (seconds + 4) / 10; k++) session.play(clip);
            }
            measure(engine, sessions, seconds);
        }
    }

    private static byte[] offerOf(byte[] offer, DatagramChannel sink) throws IOException {
        int port = ((InetSocketAddress) sink.getLocalAddress()).getPort();
        return new String(offer, java.nio.charset.StandardCharsets.US_ASCII)
                .replaceAll("m=audio \\d+", "m=audio " + port)
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static void measure(MediaEngine engine, List<MediaSession> sessions, int seconds) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long loop = 0;
        for (long id : threads.getAllThreadIds())
            if (threads.getThreadInfo(id).getThreadName().equals("outdial-media")) loop = id;
        // The first seconds are the compiler's.
        LockSupport.parkNanos(4_000_000_000L);
        long sentBefore = sent(sessions);
        long cpu = threads.getThreadCpuTime(loop);
        long processCpu = process.getProcessCpuTime();
        long bytes = threads.getThreadAllocatedBytes(loop);
        long start = System.nanoTime();
        while (System.nanoTime() - start < seconds * 1_000_000_000L) LockSupport.parkNanos(100_000_000);
        double wall = System.nanoTime() - start;
        long packets = sent(sessions) - sentBefore;
        System.out.printf(
                "%d sessions: loop %.1f %% of a core, process %.1f %%; %d packets sent, %.1f us and %.2f B each; received %d, lost %d, late ticks %d%n%s%n",
                sessions.size(),
                100 * (threads.getThreadCpuTime(loop) - cpu) / wall,
                100 * (process.getProcessCpuTime() - processCpu) / wall,
                packets,
                (threads.getThreadCpuTime(loop) - cpu) / 1e3 / packets,
                (double) (threads.getThreadAllocatedBytes(loop) - bytes) / packets,
                sessions.stream()
                        .mapToLong(s -> s.statistics().received().packets())
                        .sum(),
                sessions.stream()
                        .mapToLong(s -> s.statistics().received().lost())
                        .sum(),
                sessions.stream()
                        .mapToLong(s -> s.statistics().sent().lateTicks())
                        .sum(),
                engine.lateness());
    }

    private static long sent(List<MediaSession> sessions) {
        return sessions.stream().mapToLong(s -> s.statistics().sent().packets()).sum();
    }

    private static void printParkJitter() {
        var late = new long[1000];
        for (int i = 0; i < late.length; i++) {
            long due = System.nanoTime() + 1_000_000;
            while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
            late[i] = System.nanoTime() - due;
        }
        java.util.Arrays.sort(late);
        System.out.printf(
                "this machine's own parkNanos is late by p50 %d us, p99 %d us, max %d us%n",
                late[500] / 1000, late[990] / 1000, late[999] / 1000);
    }
}
