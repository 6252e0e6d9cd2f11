package dev.outdial.server.calls.live;

import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.flow.run.FlowRunner;
import dev.outdial.dialer.flow.run.FlowSettings;
import dev.outdial.server.calls.CallRecord;
import dev.outdial.server.store.DoNotCallTable;
import dev.outdial.server.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What all parts of {@link LiveCalls} share: store, engine, the calls of this process, and who writes of them. <b>Threading:</b> any. */
final class Workshop {
    private final Store store;
    private final Dialer dialer;
    private final LiveSettings settings;
    private final ChangeKeeper keeper;
    private final CallWriter writer;
    private final Listeners listeners;
    private final Traces traces;
    private final Map<String, LiveCall> live = new ConcurrentHashMap<>();
    /** A flow finds the flows of its own account. */
    private final Map<String, FlowRunner> runners = new ConcurrentHashMap<>();

    private volatile Runnable queueChanged = () -> {};
    private volatile Consumer<String> whenOver = callId -> {};

    Workshop(Store store, Dialer dialer, LiveSettings settings) {
        this.store = store;
        this.dialer = dialer;
        this.settings = settings;
        this.keeper = new ChangeKeeper(settings.deliveries());
        this.listeners = new Listeners(store);
        this.writer = new CallWriter(store, keeper, settings.spool(), this::afterwards);
        this.traces = new Traces(store, settings.traces(), live, settings.clock());
    }

    /** What is done after a transaction of changes. */
    void afterwards(Aftermath aftermath) {
        listeners.told(aftermath.accounts());
        if (aftermath.isQueueChanged()) queueChanged.run();
        aftermath.over().forEach(whenOver);
        aftermath.toHangUp().forEach(id -> Thread.ofVirtual().start(() -> hangUp(id)));
    }

    /** Another call of the group was quicker. */
    private void hangUp(String callId) {
        new Hangups(this).end(callId, Hangups.ELSEWHERE);
    }

    void onQueueChanged(Runnable listener) {
        queueChanged = listener;
    }

    void onOver(Consumer<String> listener) {
        whenOver = listener;
    }

    void queueChanged() {
        queueChanged.run();
    }

    Store store() {
        return store;
    }

    Dialer dialer() {
        return dialer;
    }

    LiveSettings settings() {
        return settings;
    }

    ChangeKeeper keeper() {
        return keeper;
    }

    CallWriter writer() {
        return writer;
    }

    Listeners listeners() {
        return listeners;
    }

    Traces traces() {
        return traces;
    }

    Instant now() {
        return settings.clock().instant();
    }

    CompletableFuture<Optional<CallRecord>> write(String callId, Change change) {
        return writer.put(new CallChange(callId, change, now()));
    }

    /** The same for a call that this process claimed: nothing is stored where it is another's by now, since this one lost its lease. */
    CompletableFuture<Optional<CallRecord>> write(LiveCall claimed, Change change) {
        return writer.put(new CallChange(claimed.id(), change, now(), claimed.node()));
    }

    Map<String, LiveCall> live() {
        return live;
    }

    Optional<LiveCall> live(String callId) {
        return Optional.ofNullable(live.get(callId));
    }

    FlowRunner runner(String account) {
        return runners.computeIfAbsent(account, this::runnerFor);
    }

    private FlowRunner runnerFor(String account) {
        FlowSettings flows = FlowSettings.over(settings.trunks())
                .withFlows(id -> store.read(tables -> Plans.flow(tables, account, id)))
                .withOptOut(number -> optOut(account, number))
                .withRecordings(settings.recordings())
                .withHttp(settings.http());
        return new FlowRunner(dialer, mediaOf(account).map(flows::withMedia).orElse(flows));
    }

    /** What an account may have heard. */
    Clips clips(String account) {
        return new Clips(mediaOf(account));
    }

    /** Where an account's own uploads lie; there is nothing of another's in it. */
    private Optional<Path> mediaOf(String account) {
        return settings.media().map(folder -> folder.resolve(account));
    }

    private void optOut(String account, String number) {
        Instant now = now();
        boolean unused = store.durably(tables -> {
            return tables.doNotCall().add(new DoNotCallTable.Entry(account, number, "opted out in a call", now));
        });
    }
}
