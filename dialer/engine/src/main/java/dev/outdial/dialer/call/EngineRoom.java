package dev.outdial.dialer.call;

import dev.outdial.dialer.call.pcap.PacketKeeper;
import dev.outdial.dialer.journal.CallJournal;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.media.MediaEngine;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import dev.outdial.media.SessionOptions;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.sip.UserAgent;
import dev.outdial.sip.trace.CallLogs;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What all calls of one dialer share.
 *
 * @param userAgent sends and receives SIP
 * @param media plays and listens
 * @param ledger grants the permits
 * @param mailboxes the threads on which calls are decided
 * @param logs keep the SIP messages of calls; empty where nobody looks at them
 * @param packets keep the RTP and RTCP of calls; empty where nobody looks at them
 * @param nanoClock monotonic nanoseconds
 * @param journal keeps what is pressed and played
 * @param lines who waits for which trunk
 * @param stage where calls are played instead; empty where they are made
 */
public record EngineRoom(
        UserAgent userAgent,
        MediaEngine media,
        AttemptLedger ledger,
        Mailboxes mailboxes,
        Optional<CallLogs> logs,
        Optional<PacketKeeper> packets,
        LongSupplier nanoClock,
        CallJournal journal,
        WaitingLines lines,
        Optional<Stage> stage) {

    /**
     * Opens the sound of a call, as {@link MediaEngine#openSession(InetAddress, SessionOptions, Consumer)} does.
     *
     * @param requestId what its packets are kept under, where they are
     * @throws RtpPortsExhaustedException when no pair of ports is free
     */
    MediaSession openSound(String requestId, InetAddress local, SessionOptions options, Consumer<MediaEvent> listener)
            throws RtpPortsExhaustedException {
        MediaSession sound = media.openSession(local, options, listener);
        packets.ifPresent(keeper -> sound.whenFinished(keeper.keep(requestId, sound.localRtp(), sound::offer)));
        return sound;
    }

    /** What the clock on the wall says. */
    public Instant instant() {
        return stage.map(Stage::instant).orElseGet(Instant::now);
    }

    /** Waits that long at most; whoever asks looks at what is there then. */
    public void await(CompletableFuture<?> happening, Duration longest) throws InterruptedException {
        Duration positive = longest.isPositive() ? longest : Duration.ofNanos(1);
        try {
            if (stage.isPresent()) stage.get().await(happening, positive);
            else happening.get(positive.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            // that is what the limit is for
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits for as long as it takes. */
    public void await(CompletableFuture<?> happening) throws InterruptedException {
        try {
            if (stage.isPresent()) stage.get().await(happening, Stage.FOR_EVER);
            else happening.get();
        } catch (TimeoutException | ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
