package dev.outdial.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose next request does not become whole: who sends the head of one byte by byte is never idle, and would hold the
 * connection for ever. A connection on which nothing is in work, and nothing was answered for that long, is closed.
 * <b>Threading:</b> Jetty's.
 */
final class HeadDeadline extends AbstractLifeCycle implements Connection.Listener {
    private final Duration timeout;
    private final Supplier<Scheduler> scheduler;
    private final Map<Connection, Seen> connections = new ConcurrentHashMap<>();

    /** How far a connection was when it last changed. */
    private record Seen(long requests, long answers, long bytesOut, long sinceNanos) {
        static Seen of(Connection connection, long nowNanos) {
            return new Seen(
                    connection.getMessagesIn(), connection.getMessagesOut(), connection.getBytesOut(), nowNanos);
        }

        boolean isAsFarAs(Seen other) {
            return requests == other.requests && answers == other.answers && bytesOut == other.bytesOut;
        }

        boolean nothingInWork() {
            return requests == answers;
        }
    }

    HeadDeadline(Duration timeout, Supplier<Scheduler> scheduler) {
        this.timeout = timeout;
        this.scheduler = scheduler;
    }

    @Override
    protected void doStart() {
        again();
    }

    @Override
    public void onOpened(Connection connection) {
        // Below one of TLS there is another, which counts the requests.
        if (connection instanceof ConnectionMetaData)
            connections.put(connection, Seen.of(connection, System.nanoTime()));
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    private void again() {
        scheduler.get().schedule(this::sweep, Math.max(10, timeout.toMillis() / 4), TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        if (!isStarting() && !isStarted()) return;
        long now = System.nanoTime();
        connections.forEach((connection, before) -> {
            Seen seen = Seen.of(connection, now);
            if (!seen.isAsFarAs(before)) connections.replace(connection, before, seen);
            else if (seen.nothingInWork() && now - before.sinceNanos > timeout.toNanos()) connection.close();
        });
        again();
    }
}
