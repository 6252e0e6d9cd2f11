package dev.outdial.server.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures what this process takes over some time. One owner. */
final class ProcessMeter {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    /** Groups of the threads that the virtual machine starts for itself: those that carry virtual threads, and its helpers. */
    private static final Set<String> OF_THE_MACHINE = Set.of("CarrierThreads", "InnocuousThreadGroup");

    private final Set<Long> threadsBefore = threads().map(Thread::threadId).collect(Collectors.toSet());
    private int calls;
    private long sinceNanos;
    private long cpuBeforeNanos;
    private Map<String, LoadReport.Collections> collectorsBefore = Map.of();
    private long heapBeforeBytes;

    /** Remembers the threads that are there now as not the dialer's. */
    ProcessMeter() {}

    /** Remembers what is in the heap before the first call, garbage aside. */
    void beforeCalls() {
        heapBeforeBytes = heapBytes();
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Begins to measure, with so many calls up. */
    void begin(int callsUp) {
        calls = callsUp;
        collectorsBefore = collectors();
        cpuBeforeNanos = cpuNanos();
        sinceNanos = System.nanoTime();
    }

    /** What the process took since {@link #begin}. */
    LoadReport.Steady end(long lateTicks) {
        double nanos = System.nanoTime() - sinceNanos;
        double cpuPercent = 100 * (cpuNanos() - cpuBeforeNanos) / nanos;
        List<String> names = newThreads();
        Map<String, LoadReport.Collections> collectors = new TreeMap<>();
        collectors().forEach((name, now) -> {
            var before = collectorsBefore.getOrDefault(name, new LoadReport.Collections(0, 0));
            collectors.put(
                    name, new LoadReport.Collections(now.count() - before.count(), now.millis() - before.millis()));
        });
        return new LoadReport.Steady(
                calls,
                Math.round(nanos / 1e6) / 1e3,
                lateTicks,
                Math.round(cpuPercent * 100) / 100.0,
                calls == 0 ? 0 : Math.round(cpuPercent / calls * 100 * 1000) / 1000.0,
                residentMegabytes(),
                calls == 0 ? 0 : Math.round((heapBytes() - heapBeforeBytes) / 102.4 / calls) / 10.0,
                names.size(),
                names,
                collectors);
    }

    /** What setting up so many calls, each in so many nanoseconds, took since {@link #begin}; empty where there was none. */
    Optional<LoadReport.Setup> setup(long[] setupNanos) {
        if (setupNanos.length == 0) return Optional.empty();
        double nanos = System.nanoTime() - sinceNanos;
        double cpuPercent = 100 * (cpuNanos() - cpuBeforeNanos) / nanos;
        return Optional.of(
                LoadReport.Setup.of(setupNanos, Math.round(nanos / 1e6) / 1e3, Math.round(cpuPercent * 100) / 100.0));
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private List<String> newThreads() {
        return threads()
                .filter(thread -> !threadsBefore.contains(thread.threadId()))
                .filter(thread -> !isOfTheMachine(thread.getThreadGroup()))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    private static boolean isOfTheMachine(@Nullable ThreadGroup group) {
        return group == null || group.getParent() == null || OF_THE_MACHINE.contains(group.getName());
    }

    /** All platform threads. The groups are asked, because a list of stack traces would stop every thread. */
    private static Stream<Thread> threads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent; (parent = root.getParent()) != null; ) {
            root = parent;
        }
        // With room to spare: what finds no room is left out without a word.
        Thread[] found = new Thread[2 * root.activeCount() + 16];
        int count = root.enumerate(found);
        return Arrays.stream(found, 0, count);
    }

    private static Map<String, LoadReport.Collections> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .collect(Collectors.toMap(
                        bean -> bean.getName(),
                        bean -> new LoadReport.Collections(bean.getCollectionCount(), bean.getCollectionTime())));
    }

    private static @Nullable Double residentMegabytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .findFirst()
                    .map(line -> Math.round(Long.parseLong(line.replaceAll("\\D", "")) / 102.4) / 10.0)
                    .orElse(null);
        } catch (IOException notLinux) {
            return null;
        }
    }
}
