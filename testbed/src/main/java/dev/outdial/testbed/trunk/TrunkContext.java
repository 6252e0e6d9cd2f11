package dev.outdial.testbed.trunk;

import dev.outdial.testbed.message.SipMessage;
import dev.outdial.testbed.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** What the calls of a trunk share: the loop, the sockets, those who watch and wait. Belongs to the loop. */
final class TrunkContext {
    private final TrunkConfig config;
    private final TrunkLoop loop;
    private final SipSockets sockets;
    private final WireTap tap;
    private final Watchers watchers;
    private final Random random;
    private final Map<String, List<CompletableFuture<TrunkCall>>> waiting = new HashMap<>();

    TrunkContext(
            TrunkConfig config, TrunkLoop loop, SipSockets sockets, WireTap tap, Watchers watchers, Random random) {
        this.config = config;
        this.loop = loop;
        this.sockets = sockets;
        this.tap = tap;
        this.watchers = watchers;
        this.random = random;
    }

    TrunkConfig config() {
        return config;
    }

    TrunkLoop loop() {
        return loop;
    }

    WireTap tap() {
        return tap;
    }

    Random random() {
        return random;
    }

    /** Sends a message of a call and remembers it. */
    void send(CallRecord call, SipMessage message, Hop to) {
        call.note(message, false, System.nanoTime());
        sockets.send(message, to);
    }

    /** Sends a message that belongs to no call. */
    void send(SipMessage message, Hop to) {
        sockets.send(message, to);
    }

    void tell(TrunkEvent event) {
        watchers.tell(event);
    }

    /** Completes the future when a call of that Call-ID, which may be still to come, is over and all of it is counted. */
    void await(String callId, Optional<CallRecord> call, CompletableFuture<TrunkCall> waiter) {
        var over = call.filter(CallRecord::isFinished).map(CallRecord::snapshot);
        // Behind all that is still to be told and written.
        if (over.isPresent()) watchers.later(() -> waiter.complete(over.get()));
        else waiting.computeIfAbsent(callId, id -> new ArrayList<>()).add(waiter);
    }

    /** The call is over and nothing more will be counted: writes its sound where that is wanted, tells those who watch, then those who wait. */
    void finished(CallRecord call, boolean keeps) {
        if (keeps) config.recordings().ifPresent(folder -> call.savedAs(folder.resolve(fileName(call))));
        call.finish();
        var over = call.snapshot();
        var waiters = waiting.getOrDefault(call.callId(), List.of());
        waiting.remove(call.callId());
        watchers.later(() -> over.savedSound().ifPresent(file -> over.media().ifPresent(m -> save(file, m))));
        over.end().ifPresent(end -> tell(new TrunkEvent.Ended(call.callId(), end)));
        watchers.later(() -> waiters.forEach(w -> w.complete(over)));
    }

    private static String fileName(CallRecord call) {
        return call.callId().replaceAll("[^A-Za-z0-9._-]", "_") + ".wav";
    }

    private void save(Path file, MediaReport sound) {
        try {
            WavFile.write(file, sound.pcm());
        } catch (IOException e) {
            tell(new TrunkEvent.Failed("cannot write the recording " + file + ": " + e.getMessage()));
        }
    }
}
