package dev.outdial.server.calls.live;

import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.DialerException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has sounds brought and decoded before they are needed. <b>Threading:</b> any; waits. */
final class Preparing {
    private Preparing() {}

    /** Throws UNAVAILABLE where one cannot be brought, or not within that time. */
    static void prepare(Call call, List<AudioClip> clips, Duration longest) {
        var done = new CompletableFuture<Void>();
        Thread thread = Thread.ofVirtual().name("outdial-prepare").start(() -> {
            try {
                for (AudioClip clip : clips) call.prepare(clip);
                done.complete(null);
            } catch (InterruptedException | RuntimeException unable) {
                done.completeExceptionally(unable);
            }
        });
        try {
            done.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            thread.interrupt();
            throw Troubles.unplayable("the sound could not be brought within " + longest.toMillis() + " ms");
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw Troubles.conflict("interrupted", "the server is closing");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case CallEndedException ended -> throw Troubles.over();
                case DialerException unplayable -> throw Troubles.unplayable(String.valueOf(unplayable.getMessage()));
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }
}
