package dev.outdial.dialer.call;

import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.ledger.Admission;
import dev.outdial.dialer.ledger.AttemptLedger;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.OutcomeKind;
import dev.outdial.dialer.pace.Patience;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.InviteRequest;
import dev.outdial.sip.SipException;
import dev.outdial.sip.message.Hop;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.session.InviteOptions;
import dev.outdial.sip.trace.CallLog;
import dev.outdial.sip.trace.MessageLog;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to reach somebody, told as a story: find the way, open the media, ask the ledger, dial, settle. The only
 * way to an INVITE leads through {@link #run}, and through it past the ledger.
 *
 * <p><b>Threading:</b> {@link #run} on an application thread, which it keeps until the call is over; the rest any thread.
 */
public final class OutgoingLeg implements DialledLeg {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingLeg.class);

    private final EngineRoom room;
    private final LegPlan plan;
    private final Consumer<CallEvent> listener;
    private final Optional<CallLog> log;
    private final JournalWriter journal;
    private final CompletableFuture<CallOutcome> ended = new CompletableFuture<>();
    private final CompletableFuture<Negotiation.Agreed> agreed = new CompletableFuture<>();
    private final CompletableFuture<HangUpReason> givenUp = new CompletableFuture<>();
    private final CompletableFuture<RunningCall> placed = new CompletableFuture<>();
    private CompletableFuture<Boolean> recordings = CompletableFuture.completedFuture(true);

    /**
     * A leg of which nothing was done yet.
     *
     * @param listener hears every event in order; it only hands on
     */
    public OutgoingLeg(EngineRoom room, LegPlan plan, Consumer<CallEvent> listener) {
        this.room = room;
        this.plan = plan;
        this.listener = listener;
        this.journal = new JournalWriter(room.journal(), plan.attempt().callId());
        room.stage().ifPresent(Stage::join);
        // Held here and nowhere else: it goes when the leg does.
        this.log = room.logs().map(logs -> logs.follow(plan.attempt().callId()));
    }

    @Override
    public String callId() {
        return plan.attempt().callId();
    }

    @Override
    public CompletableFuture<Negotiation.Agreed> agreed() {
        return agreed;
    }

    /** Completes after the ledger has settled the outcome. */
    @Override
    public CompletableFuture<CallOutcome> ended() {
        return ended;
    }

    @Override
    public void hangUp() {
        hangUp(HangUpReason.REQUESTED);
    }

    @Override
    public void hangUp(HangUpReason reason) {
        givenUp.complete(reason);
        if (placed.isDone()) {
            placed.join().hangUp(reason);
        }
    }

    @Override
    public void dialNoMore() {
        if (!placed.isDone()) {
            hangUp(HangUpReason.CLOSING);
        }
    }

    @Override
    public int attempt() {
        return plan.attempt().number();
    }

    /** Completes once the call may be dialled; never does where it may not. */
    @Override
    public CompletableFuture<RunningCall> placed() {
        return placed;
    }

    @Override
    public CallStatistics statistics() {
        return placed.isDone() ? placed.join().statistics() : CallStatistics.NONE;
    }

    @Override
    public MessageLog messages() {
        return log.map(CallLog::messages).orElse(MessageLog.EMPTY);
    }

    @Override
    public synchronized void record(RecordingOrder order) {
        // One after the other: what waits for one thing is told of it in any order.
        recordings = recordings.thenCombine(placed, (before, running) -> {
            running.record(order);
            return true;
        });
    }

    @Override
    public CompletionStage<Void> journal(JournalEntry entry) {
        return journal.append(entry);
    }

    @Override
    public void await(CompletableFuture<?> happening) throws InterruptedException, ExecutionException {
        if (room.stage().isEmpty()) {
            happening.get();
            return;
        }
        try {
            await(happening, Stage.FOR_EVER);
        } catch (TimeoutException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void await(CompletableFuture<?> happening, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (room.stage().isPresent()) room.stage().get().await(happening, longest);
        else DialledLeg.super.await(happening, longest);
    }

    /** Where the callee is in the words of the 3xx that ended the leg; empty before that. */
    @Override
    public List<String> redirects() {
        return placed.isDone() ? placed.join().redirects() : List.of();
    }

    @Override
    public void run() {
        CallOutcome outcome;
        try {
            outcome = place();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            outcome = Endings.notSent(OutcomeKind.CANCELED, OptionalInt.empty(), "the dialer was closed");
        } catch (SipException unable) {
            outcome = givenUp.isDone()
                    ? givenUpInTime()
                    : Endings.notSent(OutcomeKind.FAILED, OptionalInt.empty(), String.valueOf(unable.getMessage()));
        } catch (RuntimeException | Error broken) {
            outcome = faultOfOurs(broken);
        }
        try {
            listener.accept(new CallEvent.Ended(outcome));
        } catch (RuntimeException | Error broken) {
            LOG.error("call={} the listener failed at the end", plan.attempt().callId(), broken);
        } finally {
            ended.complete(outcome); // whoever waits for the end does not wait for ever
        }
    }

    private CallOutcome place() throws InterruptedException {
        if (room.stage().isPresent()) {
            // Nobody is really called there: as on a bench.
            return placing(true, permit -> play(room.stage().get(), permit));
        }
        if (plan.line().isPresent() && standing(plan.line().get()) instanceof TrunkLine.Standing.Unusable unusable) {
            return givenUp.isDone()
                    ? givenUpInTime()
                    : Endings.notSent(OutcomeKind.FAILED, unusable.status(), unusable.why());
        }
        List<Hop> found =
                plan.line().isPresent() ? plan.line().get().hops() : TrunkLine.locate(room.userAgent(), plan.target());
        List<Hop> hops = reachedAlike(found, room.userAgent()::localAddressFor);
        InetAddress local = room.userAgent().localAddressFor(hops.getFirst());
        return placing(isLoopback(hops.getFirst()), permit -> attempt(permit, hops, local));
    }

    private CallOutcome placing(boolean loopback, Function<Permit, CallOutcome> attempting)
            throws InterruptedException {
        var petition = new Petition(
                room,
                now -> admit(loopback, now),
                Patience.ringing(plan.limits().ringFor()),
                room.lines().of(plan.attempt().trunk()),
                givenUp);
        Optional<Admission> answer = petition.await();
        if (answer.isEmpty()) {
            return givenUpInTime();
        }
        return switch (answer.get()) {
            case Permit permit -> dial(permit, attempting);
            case Admission.Refused refused ->
                Endings.notSent(OutcomeKind.REFUSED, OptionalInt.empty(), refused.rule() + ": " + refused.why());
            case Admission.Later later -> throw new IllegalStateException("nobody waits for a permit any more");
        };
    }

    /**
     * Those that are reached from the same local address as the first one: the sound is received there, whichever hop takes the call.
     *
     * @throws SipException where there is no route to the first one
     */
    static List<Hop> reachedAlike(List<Hop> hops, Function<Hop, InetAddress> localAddress) {
        InetAddress local = localAddress.apply(hops.getFirst());
        return hops.stream()
                .filter(hop -> hop.equals(hops.getFirst()) || isReachedFrom(local, hop, localAddress))
                .toList();
    }

    private static boolean isReachedFrom(InetAddress local, Hop hop, Function<Hop, InetAddress> localAddress) {
        try {
            return localAddress.apply(hop).equals(local);
        } catch (SipException noRoute) {
            return false;
        }
    }

    /** Whatever becomes of a permit, it is settled once. */
    private CallOutcome dial(Permit permit, Function<Permit, CallOutcome> attempting) {
        CallOutcome outcome = attempting.apply(permit);
        tellLedger(ledger -> ledger.settled(permit, outcome));
        return outcome;
    }

    private CallOutcome attempt(Permit permit, List<Hop> hops, InetAddress local) {
        // The media opens before the call exists: its offer goes into the INVITE.
        var ear = new AtomicReference<Consumer<MediaEvent>>(event -> {});
        try (MediaSession media = room.openSound(
                plan.attempt().requestId(),
                local,
                WireTerms.options(plan.wire()).advertising(room.userAgent().mediaAddressFor(hops.getFirst())),
                event -> ear.get().accept(event))) {
            var sent = new CompletableFuture<Void>();
            CallRunner running = CallRunner.toBeDialled(
                    room,
                    plan.limits(),
                    new CallRunner.Dialling(invite(hops, local, media), permit),
                    room.mailboxes().next(plan.attempt().requestId()),
                    media,
                    plan.wire().keys(),
                    journal.before(event -> tell(event, sent)));
            ear.set(running::media);
            var keeper = new DialogKeeper(journal, plan.attempt().trunk());
            running.keepDialog(keeper::held);
            plan.tones().ifPresent(media::listenForTones);
            plan.detection().ifPresent(options -> {
                var unused = running.detectMachine(options);
            });
            CallOutcome outcome = carryOut(running, permit, sent);
            keeper.over();
            return outcome;
        } catch (RtpPortsExhaustedException noPorts) {
            return Endings.notSent(OutcomeKind.FAILED, OptionalInt.empty(), String.valueOf(noPorts.getMessage()));
        } catch (RuntimeException | Error broken) {
            return faultOfOurs(broken);
        }
    }

    private void tell(CallEvent event, CompletableFuture<Void> sent) {
        if (event instanceof CallEvent.Sent) {
            sent.complete(null);
        }
        listener.accept(event);
    }

    private CallOutcome play(Stage stage, Permit permit) {
        var sent = new CompletableFuture<Void>();
        RunningCall running = stage.call(plan, permit, journal.before(event -> tell(event, sent)));
        plan.detection().ifPresent(options -> {
            var unused = running.detectMachine(options);
        });
        return carryOut(running, permit, sent);
    }

    private CallOutcome carryOut(RunningCall running, Permit permit, CompletableFuture<Void> sent) {
        placed.complete(running);
        var unused = running.agreed().thenAccept(agreed::complete);
        if (givenUp.isDone()) {
            running.hangUp(givenUp.join());
        }
        running.go();
        CompletableFuture.anyOf(sent, running.ended()).join();
        if (sent.isDone()) {
            tellLedger(ledger -> ledger.invited(permit));
        }
        return running.ended().join();
    }

    /** What a ledger throws now does not change what became of the call. */
    private void tellLedger(Consumer<AttemptLedger> news) {
        try {
            news.accept(room.ledger());
        } catch (RuntimeException | Error broken) {
            LOG.error("call={} the ledger did not take the news", plan.attempt().callId(), broken);
        }
    }

    /** How the trunk stands, after its first registration or as long as we would let it ring. */
    private TrunkLine.Standing standing(TrunkLine line) throws InterruptedException {
        room.await(CompletableFuture.anyOf(line.first(), givenUp), plan.limits().ringFor());
        return line.first().isDone()
                ? line.standingForCalls()
                : new TrunkLine.Standing.Unusable(
                        OptionalInt.empty(), "trunk " + line.trunk().name() + ": not registered in time");
    }

    /** A ledger that cannot be asked permits nothing. */
    private Admission admit(boolean loopback, Instant now) {
        try {
            return room.ledger().admit(plan.attempt().over(loopback), now);
        } catch (RuntimeException broken) {
            LOG.error("call={} the ledger could not be asked", plan.attempt().callId(), broken);
            return new Admission.Refused("ledger", "the ledger could not be asked");
        }
    }

    private static boolean isLoopback(Hop hop) {
        return hop.address().getAddress().isLoopbackAddress();
    }

    private InviteRequest invite(List<Hop> hops, InetAddress local, MediaSession media) {
        return new InviteRequest(
                plan.attempt().callId(),
                plan.account(local),
                plan.target(),
                hops,
                new MessageBody(MessageBody.SDP, media.offer()),
                plan.headers(),
                InviteOptions.USUAL
                        .showing(plan.identity())
                        .via(plan.line().map(TrunkLine::routes).orElse(List.of())));
    }

    private CallOutcome faultOfOurs(Throwable broken) {
        LOG.error("call={} a promise of our own was broken", plan.attempt().callId(), broken);
        return Endings.notSent(
                OutcomeKind.FAILED, OptionalInt.empty(), "a fault of our own kept the call from being dialled");
    }

    private CallOutcome givenUpInTime() {
        return notDialled(givenUp.join(), "given up before the INVITE was sent");
    }

    /** The outcome of what was given up and never dialled. */
    static CallOutcome notDialled(HangUpReason reason, String when) {
        return Endings.notSent(
                OutcomeKind.CANCELED,
                OptionalInt.empty(),
                reason == HangUpReason.CLOSING ? when + ", since the dialer closes" : when);
    }
}
