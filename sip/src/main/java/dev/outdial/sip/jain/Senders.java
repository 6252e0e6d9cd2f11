package dev.outdial.sip.jain;

import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.TransportProtocol;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that hand messages to the stack: one for each TCP or TLS target, since a connection may take seconds to open, and one for
 * what does not leave at once over UDP. They keep the order of the messages to a target. Platform threads: jain-sip writes to a connection
 * under a monitor.
 */
final class Senders implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_TARGETS = 1_000;
    private static final long IDLE_SECONDS = 30;
    private static final long LAST_WORDS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ThreadPoolExecutor datagramThread = sender("sip-sender-udp");
    private final DatagramSender datagrams = new DatagramSender(datagramThread);
    private final Map<Hop, ThreadPoolExecutor> streams = new ConcurrentHashMap<>();

    /** The sender for that hop; it throws {@code RejectedExecutionException} while 10,000 messages wait, and once closed. */
    Executor towards(Hop hop) {
        if (hop.transport() == TransportProtocol.UDP) return datagrams;
        // A far end that names ever new targets does not get a thread for each: the order within a target is kept all
        // the same.
        if (streams.size() >= MOST_TARGETS) streams.values().removeIf(Senders::retire);
        return streams.computeIfAbsent(hop, h -> sender("sip-sender-" + h));
    }

    /** The one of all hops over UDP. */
    DatagramSender datagrams() {
        return datagrams;
    }

    /** What waits for that target over TCP or TLS, without the one that is being sent. */
    List<Departure> waitingFor(Hop hop) {
        ThreadPoolExecutor sender = streams.get(hop);
        if (sender == null) return List.of();
        return sender.getQueue().stream()
                .filter(Departure.class::isInstance)
                .map(Departure.class::cast)
                .toList();
    }

    private static boolean retire(ThreadPoolExecutor sender) {
        if (sender.getPoolSize() > 0) return false;
        sender.shutdown();
        return true;
    }

    private static ThreadPoolExecutor sender(String name) {
        var executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    var thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** What waits already is still sent, if that takes no longer than half a second: the last answers and good-byes are among it. */
    @Override
    public void close() {
        datagrams.close();
        streams.values().forEach(ThreadPoolExecutor::shutdown);
        try {
            long deadlineNanos = System.nanoTime() + LAST_WORDS_NANOS;
            datagramThread.awaitTermination(LAST_WORDS_NANOS, TimeUnit.NANOSECONDS);
            for (ThreadPoolExecutor stream : streams.values()) {
                stream.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        datagramThread.shutdownNow();
        streams.values().forEach(ThreadPoolExecutor::shutdownNow);
    }
}
