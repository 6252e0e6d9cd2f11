package dev.outdial.server.calls.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Something that is heard in a call because somebody asked for it, from its beginning to its one end. <b>Threading:</b> any. */
final class Playback {
    private final String id;
    private final String kind;
    private final String what;
    private final String tag;
    private final AtomicReference<String> why = new AtomicReference<>("");
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** @param kind file or speech @param what addresses; empty for words */
    Playback(String id, String kind, String what, String tag) {
        this.id = id;
        this.kind = kind;
        this.what = what;
        this.tag = tag;
    }

    String id() {
        return id;
    }

    /** Why it is about to end before its end; the first who says so counts. */
    void endFor(String reason) {
        boolean unused = why.compareAndSet("", reason);
    }

    /** Why it was cut short. */
    String why() {
        String said = why.get();
        return said.isEmpty() ? "stopped" : said;
    }

    /** True for the first who says that it is over, who has to tell so, and then says {@link #told}. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    /** Its end was told: what is heard next may be told now. */
    void told() {
        boolean unused = over.complete(null);
    }

    boolean isOver() {
        return over.isDone();
    }

    boolean awaitOver(long millis) throws InterruptedException {
        try {
            over.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What is told of it at its beginning. */
    ObjectNode begun() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind)
                .put("what", what)
                .put("playback_id", id)
                .put("tag", tag);
    }

    /** What is told of it at its end. */
    ObjectNode ended(String reason, long millis) {
        return begun().put("action_id", "").put("reason", reason).put("duration_ms", millis);
    }
}
