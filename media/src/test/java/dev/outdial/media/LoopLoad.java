package dev.outdial.media;

import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.rtp.EncodedClip;
import dev.outdial.testbed.prompts.Prompt;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures what sessions cost: {@code LoopLoad one-way|two-way SESSIONS SECONDS [loops=1] [slot=2]}. Not a test.
 *
 * <ul>
 *   <li>one-way: they play to one port of a separate process, which counts packets, gaps in their numbers and the time between
 *       them, to half a millisecond. Delivering a datagram to that port's buffer is the sender's cost, as it always is on one machine; reading it is
 *       not.
 *   <li>two-way: they play to one another, so that each hears as much as it says.
 * </ul>
 *
 * Prints the processor time of the process and of the loops, their allocation, and lateness, after a time for the compiler.
 */
public final class LoopLoad {
    private static final int WARM_UP_SECONDS = 8;

    private LoopLoad() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("sink")) {
            Sink.run();
            return;
        }
        boolean oneWay = arguments[0].equals("one-way");
        int count = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        MediaConfig config = MediaConfig.of(16_384, 32_767);
        for (String argument : List.of(arguments).subList(3, arguments.length)) {
            int value = Integer.parseInt(argument.substring(argument.indexOf('=') + 1));
            config = argument.startsWith("loops") ? config.withLoops(value) : config.withSlotMillis(value);
        }
        printParkJitter();
        Path folder = Files.createTempDirectory("outdial-load");
        Optional<Process> sink = oneWay ? Optional.of(startSink()) : Optional.empty();
        try (var engine = MediaEngine.open(config)) {
            EncodedClip clip = engine.encode(Prompt.WELCOME_MP3.copyTo(folder), AudioCodec.PCMU, 20)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            String sinkPort = sink.isEmpty() ? "" : sink.get().inputReader().readLine();
            var sessions = new ArrayList<MediaSession>();
            for (int i = 0; i < count; i++)
                sessions.add(engine.openSession(InetAddress.getLoopbackAddress(), event -> {}));
            for (int i = 0; i < count; i++) {
                MediaSession session = sessions.get(i);
                session.answered(oneWay ? answer(sinkPort) : sessions.get(i ^ 1).offer());
                for (int k = 0; k <= (seconds + WARM_UP_SECONDS) / 10; k++) session.play(clip);
                LockSupport.parkNanos(1_000_000);
            }
            measure(engine, sessions, seconds, sink);
        }
    }

    private static Process startSink() throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path").replace(File.pathSeparator + File.pathSeparator, ":"),
                        LoopLoad.class.getName(),
                        "sink")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static byte[] answer(String port) {
        return ("v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio " + port + " RTP/AVP 0 101\r\n"
                        + "a=rtpmap:101 telephone-event/8000\r\na=ptime:20\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void measure(MediaEngine engine, List<MediaSession> sessions, int seconds, Optional<Process> sink)
            throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var loops = new ArrayList<Long>();
        for (long id : threads.getAllThreadIds())
            if (threads.getThreadInfo(id).getThreadName().matches("outdial-media(-\\d+)?")) loops.add(id);
        // The first seconds are the compiler's.
        LockSupport.parkNanos(WARM_UP_SECONDS * 1_000_000_000L);
        if (sink.isPresent()) sink.get().outputWriter().append("begin\n").flush();
        MediaStatistics.Sent before = sent(sessions);
        long processCpu = process.getProcessCpuTime();
        long cpu = loops.stream().mapToLong(threads::getThreadCpuTime).sum();
        long bytes = loops.stream().mapToLong(threads::getThreadAllocatedBytes).sum();
        long start = System.nanoTime();
        for (long left; (left = start + seconds * 1_000_000_000L - System.nanoTime()) > 0; )
            LockSupport.parkNanos(left);
        double wall = System.nanoTime() - start;
        processCpu = process.getProcessCpuTime() - processCpu;
        cpu = loops.stream().mapToLong(threads::getThreadCpuTime).sum() - cpu;
        bytes = loops.stream().mapToLong(threads::getThreadAllocatedBytes).sum() - bytes;
        MediaStatistics.Sent after = sent(sessions);
        long packets = after.packets() - before.packets();
        System.out.printf(
                "%d sessions: process %.2f %% of a core per 100, loops %.2f %% per 100 (%.1f %% in all); %.1f us and %.3f B a packet;"
                        + " late ticks %d, unsent %d%n",
                sessions.size(),
                1e4 * processCpu / wall / sessions.size(),
                1e4 * cpu / wall / sessions.size(),
                100 * cpu / wall,
                cpu / 1e3 / packets,
                (double) bytes / packets,
                after.lateTicks() - before.lateTicks(),
                after.unsent());
        if (sink.isPresent()) {
            sink.get().outputWriter().append("end\n").flush();
            System.out.println(sink.get().inputReader().readLine());
            sink.get().destroy();
        } else {
            var received = sessions.stream().map(s -> s.statistics().received()).toList();
            System.out.printf(
                    "received %d, lost %d, longest gap %d ms (from the beginning on)%n",
                    received.stream()
                            .mapToLong(MediaStatistics.Received::packets)
                            .sum(),
                    received.stream().mapToLong(MediaStatistics.Received::lost).sum(),
                    received.stream()
                            .mapToLong(MediaStatistics.Received::longestGapMillis)
                            .max()
                            .orElse(0));
        }
        System.out.println(engine.lateness());
    }

    private static MediaStatistics.Sent sent(List<MediaSession> sessions) {
        long[] sums = new long[3];
        for (MediaSession session : sessions) {
            MediaStatistics.Sent one = session.statistics().sent();
            sums[0] += one.packets();
            sums[1] += one.unsent();
            sums[2] += one.lateTicks();
        }
        return new MediaStatistics.Sent(sums[0], sums[1], 0, sums[2]);
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

    /** The other process: takes all that comes to one port, between "begin" and "end" on its input. */
    private static final class Sink {
        private static final class Stream {
            private int sequence;
            private long nanos;
        }

        private static volatile int stage;

        static void run() throws Exception {
            try (var channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 8 << 20);
                channel.configureBlocking(false);
                channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                System.out.println(((InetSocketAddress) channel.getLocalAddress()).getPort());
                Thread.ofPlatform().daemon().start(() -> count(channel));
                var input =
                        new java.io.BufferedReader(new java.io.InputStreamReader(System.in, StandardCharsets.US_ASCII));
                for (String line; (line = input.readLine()) != null; ) stage += line.isEmpty() ? 0 : 1;
            }
        }

        private static void count(DatagramChannel channel) {
            Map<Integer, Stream> streams = new HashMap<>();
            ByteBuffer datagram = ByteBuffer.allocateDirect(2048);
            long packets = 0;
            long missing = 0;
            long longest = 0;
            try {
                while (true) {
                    // Not waiting in the call: being woken for each packet would be the sender's cost.
                    if (channel.receive(datagram.clear()) == null) {
                        LockSupport.parkNanos(500_000);
                        if (stage < 2) continue;
                    }
                    long now = System.nanoTime();
                    if (datagram.position() == 0 && stage == 2) {
                        System.out.printf(
                                "the other process received %d of %d streams, %d missing, longest interval %.1f ms%n",
                                packets, streams.size(), missing, longest / 1e6);
                        return;
                    }
                    Stream stream = streams.computeIfAbsent(datagram.getInt(8), ssrc -> new Stream());
                    int sequence = datagram.getShort(2) & 0xFFFF;
                    if (stage == 1 && stream.nanos != 0) {
                        packets++;
                        missing += (sequence - stream.sequence - 1) & 0xFFFF;
                        longest = Math.max(longest, now - stream.nanos);
                    }
                    stream.sequence = sequence;
                    stream.nanos = now;
                }
            } catch (java.io.IOException e) {
                System.out.println(e);
            }
        }
    }
}
