package dev.outdial.server.calls.live;

import dev.outdial.dialer.guard.GuardPolicy;
import dev.outdial.dialer.sound.FetchOptions;
import dev.outdial.server.dial.QueueLedger;
import dev.outdial.server.store.NodeLease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What calls are run with.
 *
 * @param lease this process's, which {@link LiveCalls} does not close
 * @param ledger the dialer's own
 * @param trunks the names of the dialer's trunks, of which the first is taken where a call names none
 * @param recordings the folder that recordings are written to
 * @param media the folder that files are played from; none are where empty
 * @param spool the folder that events are kept in while the store is away
 * @param http who may be asked and told by flows
 * @param deliveries puts events into the outbox
 * @param clock what time it is, for schedules and events
 * @param mostAtOnce how many calls of the queue may be under way at a time, those that wait for their trunk's pace included
 * @param retryWait how long to wait before the second attempt of a call; twice as long before each further one
 * @param traces what is kept of what went over the wire
 * @param policies who may be called over a trunk of that name, where it is not we who call
 */
public record LiveSettings(
        NodeLease lease,
        QueueLedger ledger,
        Supplier<List<String>> trunks,
        Path recordings,
        Optional<Path> media,
        Path spool,
        FetchOptions http,
        Deliveries deliveries,
        InstantSource clock,
        int mostAtOnce,
        Duration retryWait,
        TraceSettings traces,
        Function<String, GuardPolicy> policies) {
    private static final int MOST_AT_ONCE = 500;
    private static final Duration RETRY_WAIT = Duration.ofMinutes(1);

    /** Checks the numbers. */
    public LiveSettings {
        if (mostAtOnce < 1) throw new IllegalArgumentException(mostAtOnce + " calls at once: one or more is expected");
        if (retryWait.isNegative()) throw new IllegalArgumentException("a retry wait of " + retryWait);
    }

    /**
     * Recordings and spooled events in folders of their own below one, no files to play, nobody told, the system's clock, 500 calls at
     * once, a minute before the second attempt.
     */
    public static LiveSettings of(NodeLease lease, QueueLedger ledger, Supplier<List<String>> trunks, Path folder) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                folder.resolve("recordings"),
                Optional.empty(),
                folder.resolve("spool"),
                FetchOptions.DEFAULT,
                Deliveries.NONE,
                InstantSource.system(),
                MOST_AT_ONCE,
                RETRY_WAIT,
                TraceSettings.USUAL,
                trunk -> GuardPolicy.STANDARD);
    }

    /** With files of a folder to be played. */
    public LiveSettings withMedia(Path folder) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                recordings,
                Optional.of(folder),
                spool,
                http,
                deliveries,
                clock,
                mostAtOnce,
                retryWait,
                traces,
                policies);
    }

    /** With recordings in that folder. */
    public LiveSettings withRecordings(Path folder) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                folder,
                media,
                spool,
                http,
                deliveries,
                clock,
                mostAtOnce,
                retryWait,
                traces,
                policies);
    }

    /** With those whom flows may ask and tell. */
    public LiveSettings withHttp(FetchOptions whom) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                recordings,
                media,
                spool,
                whom,
                deliveries,
                clock,
                mostAtOnce,
                retryWait,
                traces,
                policies);
    }

    /** With somebody who is told of events. */
    public LiveSettings withDeliveries(Deliveries outbox) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                recordings,
                media,
                spool,
                http,
                outbox,
                clock,
                mostAtOnce,
                retryWait,
                traces,
                policies);
    }

    /** By another clock. */
    public LiveSettings withClock(InstantSource other) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                recordings,
                media,
                spool,
                http,
                deliveries,
                other,
                mostAtOnce,
                retryWait,
                traces,
                policies);
    }

    /** With so many calls at once. */
    public LiveSettings withMostAtOnce(int calls) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                recordings,
                media,
                spool,
                http,
                deliveries,
                clock,
                calls,
                retryWait,
                traces,
                policies);
    }

    /** With that wait before the second attempt. */
    public LiveSettings withRetryWait(Duration wait) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                recordings,
                media,
                spool,
                http,
                deliveries,
                clock,
                mostAtOnce,
                wait,
                traces,
                policies);
    }

    /** With that kept of what goes over the wire. */
    public LiveSettings withTraces(TraceSettings other) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                recordings,
                media,
                spool,
                http,
                deliveries,
                clock,
                mostAtOnce,
                retryWait,
                other,
                policies);
    }

    /** With those who may be called over each trunk. */
    public LiveSettings withPolicies(Function<String, GuardPolicy> byTrunk) {
        return new LiveSettings(
                lease,
                ledger,
                trunks,
                recordings,
                media,
                spool,
                http,
                deliveries,
                clock,
                mostAtOnce,
                retryWait,
                traces,
                byTrunk);
    }
}
