package dev.outdial.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outdial.server.calls.AccessKeyRecord;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallViews;
import dev.outdial.server.calls.EventService;
import dev.outdial.server.http.json.JsonText;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Streams of events (Server-Sent Events of the HTML standard). Each event's id is its cursor, so that a browser or a program which comes
 * back with Last-Event-ID misses none. A stream reads the store page by page and waits where it has seen all: a slow reader holds up
 * nobody and nothing grows. <b>Threading:</b> each stream blocks its own virtual thread.
 */
final class EventStreams implements AutoCloseable {
    private static final int PAGE = 200;

    private final EventService events;
    private final Duration heartbeat;
    private final Predicate<AccessKeyRecord> isStillGood;
    private final Set<Semaphore> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param isStillGood whether a key that a stream was begun with is still one */
    EventStreams(EventService events, Duration heartbeat, Predicate<AccessKeyRecord> isStillGood) {
        this.events = events;
        this.heartbeat = heartbeat;
        this.isStillGood = isStillGood;
    }

    /** An event as JSON. */
    static ObjectNode json(CallEventRecord event) {
        ObjectNode json = JsonText.MAPPER
                .createObjectNode()
                .put("cursor", Long.toString(event.cursor()))
                .put("id", event.id())
                .put("type", event.type())
                .put("time", CallViews.time(event.time()))
                .put("seq", event.seq())
                .put("call_id", event.callId());
        json.set("data", CallViews.stored(event.data()));
        return json;
    }

    /** Writes events until the reader goes away, its key does, or the server stops. @param after the cursor of the last that it has */
    void stream(HttpServletResponse response, AccessKeyRecord key, long after, Optional<String> callId)
            throws IOException {
        String account = key.account();
        var news = new Semaphore(0);
        open.add(news);
        EventService.Subscription subscription = events.subscribe(account, news::release);
        try {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            OutputStream out = response.getOutputStream();
            write(out, "retry: 2000\n\n");
            long cursor = after;
            while (!closed && isStillGood.test(key)) {
                List<CallEventRecord> page = events.after(account, cursor, callId, PAGE);
                for (CallEventRecord event : page) {
                    write(
                            out,
                            "id: " + event.cursor() + "\nevent: " + event.type() + "\ndata: "
                                    + JsonText.write(json(event)) + "\n\n");
                    cursor = event.cursor();
                }
                if (page.isEmpty() && !waitFor(news)) write(out, ": still here\n\n");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscription.close();
            open.remove(news);
        }
    }

    private boolean waitFor(Semaphore news) throws InterruptedException {
        boolean any = news.tryAcquire(heartbeat.toNanos(), TimeUnit.NANOSECONDS);
        news.drainPermits();
        return any;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Semaphore::release);
    }
}
