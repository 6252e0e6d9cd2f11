package dev.outdial.dialer.call;

import dev.outdial.dialer.call.Doorbell.Action;
import dev.outdial.dialer.call.Doorbell.Event;
import dev.outdial.dialer.call.Doorbell.State;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.journal.JournalEntry;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.outcome.HangUpCause;
import dev.outdial.dialer.trunk.KeyMethod;
import dev.outdial.dialer.trunk.WireOptions;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import dev.outdial.media.net.RtpPortsExhaustedException;
import dev.outdial.media.sdp.Answering;
import dev.outdial.media.sdp.Direction;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.sip.InviteSession;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.SipUri;
import dev.outdial.sip.trace.CallLog;
import dev.outdial.sip.trace.MessageLog;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link Doorbell} decides for a call to us, until a {@link CallRunner} takes over.
 *
 * <p><b>Threading:</b> public methods from any thread; everything else belongs to the call's mailbox.
 */
public final class IncomingLeg implements Doorstep {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingLeg.class);
    private static final int MOVED_TEMPORARILY = 302;
    private static final int NOT_ACCEPTABLE_HERE = 488;

    private final EngineRoom room;
    private final CallRunner.Named name;
    private final String requestId = UUID.randomUUID().toString();
    private final CallLimits limits;
    private final Optional<MessageBody> offer;
    private final boolean reliably;
    private final Mailbox mailbox;
    private final Optional<CallLog> log;
    private final CompletableFuture<CallOutcome> ended = new CompletableFuture<>();
    private final CompletableFuture<Negotiation.Agreed> agreed = new CompletableFuture<>();
    private final CompletableFuture<CallRunner> placed = new CompletableFuture<>();
    private final CompletableFuture<Negotiation.Agreed> audible = new CompletableFuture<>();
    private final CompletableFuture<Voice> voice = new CompletableFuture<>();
    private final EarlySound early = new EarlySound();
    private final JournalWriter journal;
    private @Nullable LegMedia media;
    private @Nullable InviteSession session;
    private Consumer<CallEvent> listener = event -> {};
    private List<SipUri> redirects = List.of();
    private Optional<Negotiation.Agreed> terms = Optional.empty();
    private Optional<String> disagreement = Optional.empty();
    private State state;
    private final Wake wake;

    /**
     * A call that nobody has decided on.
     *
     * @param trunk what logs call the trunk that it came by
     * @param limits how long it may ring and last
     * @param answerAfter when it is answered by itself; empty where somebody decides
     * @param offer the far end's session description; where empty, ours is wanted
     * @param reliably whether the far end acknowledges that it rings, and so takes our offer with it
     */
    public IncomingLeg(
            EngineRoom room,
            String callId,
            String trunk,
            CallLimits limits,
            Optional<Duration> answerAfter,
            Optional<MessageBody> offer,
            boolean reliably) {
        this.room = room;
        this.name = new CallRunner.Named(callId, trunk);
        this.limits = limits;
        this.offer = offer;
        this.reliably = reliably;
        this.mailbox = room.mailboxes().next(callId);
        this.wake = new Wake(mailbox, room.nanoClock(), () -> guarded(() -> handle(new Event.Tick())));
        this.log = room.logs().map(logs -> logs.follow(callId));
        this.journal = new JournalWriter(room.journal(), callId);
        this.state =
                Doorbell.start(limits.ringFor(), answerAfter, room.nanoClock().getAsLong());
    }

    /** What all of this leg's events are to be handed to, one at a time. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /**
     * Opens the sound; to be called once, and first.
     *
     * @param local the address to receive on
     * @param named the address to name in session descriptions
     * @throws RtpPortsExhaustedException when no pair of ports is free
     */
    public void open(InetAddress local, InetAddress named, WireOptions wire) throws RtpPortsExhaustedException {
        MediaSession sound =
                room.openSound(requestId, local, WireTerms.options(wire).advertising(named), this::media);
        enqueue(() -> {
            media = new LegMedia(name.callId(), sound, event -> listener.accept(event));
            if (wire.keys() == KeyMethod.INFO) media.keysBy(body -> session().info(body));
        });
    }

    /** Closes the sound of a call that is not taken on after all. */
    public void abandon() {
        enqueue(() -> legMedia().finish());
    }

    /**
     * Takes the call on; to be called once.
     *
     * @param take gives the session for a listener, which is called on the mailbox
     */
    public void take(Function<Consumer<SessionEvent>, InviteSession> take) {
        enqueue(() -> {
            session = take.apply(event -> guarded(() -> handleSession(event)));
            wakeInTime();
        });
    }

    /** What the media loop says. */
    private void media(MediaEvent event) {
        enqueue(() -> {
            CallRunner running = placed.getNow(null);
            if (running != null) {
                running.media(event);
            } else if (event instanceof MediaEvent.Failed) {
                handle(new Event.HangUp());
            } else {
                early.heard(event);
            }
        });
    }

    @Override
    public void ring() {
        enqueue(() -> handle(new Event.Ring()));
    }

    @Override
    public void ringWithMedia() {
        enqueue(() -> {
            if (!(state instanceof State.Ringing)) return;
            handle(offer.isEmpty() ? new Event.Ring() : agree(Event.RingWithMedia::new));
        });
    }

    @Override
    public CompletableFuture<Negotiation.Agreed> audible() {
        return audible;
    }

    @Override
    public CompletableFuture<Voice> voice() {
        return voice;
    }

    @Override
    public void playEarly(PlayOrder order) {
        enqueue(() -> {
            if (state instanceof State.Ringing && audible.isDone()) early.play(soundSession(), order);
        });
    }

    @Override
    public void accept(Consumer<CallEvent> events) {
        enqueue(() -> {
            // Too late, it is the end that whoever answers hears of: now, or when it comes.
            CallOutcome outcome = ended.getNow(null);
            if (outcome != null) events.accept(new CallEvent.Ended(outcome));
            if (!(state instanceof State.Ringing)) {
                if (outcome == null && !placed.isDone()) listener = events;
                return;
            }
            listener = journal.before(events);
            answer();
        });
    }

    private void answer() {
        boolean lateOffer = offer.isEmpty() && terms.isEmpty();
        handle(disagreement
                .<Event>map(Event.Incompatible::new)
                .orElseGet(() -> lateOffer ? new Event.Accept(true) : agree(() -> new Event.Accept(false))));
    }

    /** Answers the far end's offer, once: what was agreed on while it rang holds. */
    private Event agree(Supplier<Event> agreement) {
        if (terms.isPresent()) return agreement.get();
        return switch (soundSession().answer(offer.orElseThrow().bytes(), Direction.SENDRECV)) {
            case Answering.Answered answered -> {
                terms = Optional.of(answered.terms());
                yield agreement.get();
            }
            case Answering.Refused refused -> new Event.Incompatible(refused.why());
        };
    }

    @Override
    public void decline(int status) {
        enqueue(() -> handle(new Event.Decline(status)));
    }

    @Override
    public void redirect(List<SipUri> contacts) {
        enqueue(() -> {
            redirects = contacts;
            handle(new Event.Decline(MOVED_TEMPORARILY));
        });
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String callId() {
        return name.callId();
    }

    @Override
    public CompletableFuture<Negotiation.Agreed> agreed() {
        return agreed;
    }

    @Override
    public CompletableFuture<CallOutcome> ended() {
        return ended;
    }

    @Override
    public CompletableFuture<CallRunner> placed() {
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
    public void record(RecordingOrder order) {
        enqueue(() -> legMedia().record(order));
    }

    @Override
    public CompletionStage<Void> journal(JournalEntry entry) {
        return journal.append(entry);
    }

    @Override
    public void hangUp() {
        hangUp(HangUpReason.REQUESTED);
    }

    @Override
    public void hangUp(HangUpReason reason) {
        enqueue(() -> {
            CallRunner running = placed.getNow(null);
            if (running != null) {
                running.hangUp(reason);
            } else {
                handle(new Event.HangUp(reason.given().orElse(HangUpCause.NORMAL)));
            }
        });
    }

    private void enqueue(Runnable task) {
        mailbox.execute(() -> guarded(task));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            LOG.error("call={} a promise of our own was broken", name.callId(), broken);
            // Who runs an answered call ends it himself.
            if (!placed.isDone()) handle(new Event.Fault());
        }
    }

    private void handleSession(SessionEvent event) {
        CallRunner running = placed.getNow(null);
        if (running != null) {
            running.session(event);
            return;
        }
        switch (event) {
            case SessionEvent.Confirmed confirmed -> confirmed(confirmed.answer());
            case SessionEvent.Ended over -> handle(new Event.SessionEnded(over.end()));
            case SessionEvent.Invited e -> {}
            case SessionEvent.Provisional e -> {}
            case SessionEvent.Answered e -> {}
            case SessionEvent.Offered offered -> offered(offered.offer());
            case SessionEvent.OfferWithdrawn e -> {}
            case SessionEvent.OfferClosed closed -> closed.answer().ifPresent(this::agree);
            case SessionEvent.Info e -> {}
            case SessionEvent.TransferProgress e -> {}
        }
    }

    /**
     * The far end changes what was agreed on while it rang (UPDATE, RFC 3311); without an agreement there is
     * nothing to change.
     */
    private void offered(Optional<MessageBody> offer) {
        Answering answering = offer.filter(body -> terms.isPresent())
                .map(body -> soundSession().answer(body.bytes(), Direction.SENDRECV))
                .orElseGet(() -> new Answering.Refused("nothing was agreed on yet"));
        switch (answering) {
            case Answering.Answered answered -> {
                terms = Optional.of(answered.terms());
                session().accept(description());
            }
            case Answering.Refused refused -> session().refuse(NOT_ACCEPTABLE_HERE);
        }
    }

    private void confirmed(Optional<MessageBody> answer) {
        if (!(state instanceof State.Answering)) return;
        boolean settledWhileItRang = terms.isPresent() || disagreement.isPresent();
        if (!settledWhileItRang) {
            answer.ifPresentOrElse(this::agree, () -> disagreement = Optional.of("the ACK has no session description"));
        }
        handle(new Event.Confirmed(disagreement.orElse("")));
    }

    /** Takes the far end's answer to our offer. */
    private void agree(MessageBody answer) {
        switch (soundSession().answered(answer.bytes())) {
            case Negotiation.Agreed agreement -> terms = Optional.of(agreement);
            case Negotiation.Declined declined -> disagreement = Optional.of(declined.why());
        }
    }

    private void handle(Event event) {
        mailbox.assertOwner();
        Doorbell.Step step = Doorbell.step(state, event, now());
        state = step.next();
        try {
            step.actions().forEach(this::perform);
        } finally {
            wakeInTime(); // what an action fails to end, the watchdog does
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.SendRinging ringing -> session().ring(180, ourOffer());
            case Action.SendEarlyMedia media -> {
                session().ring(183, Optional.of(description()));
                heard(terms.orElseThrow());
            }
            case Action.Answer answer -> answer();
            case Action.SendAnswer answer -> session().accept(description());
            case Action.SendRefusal refusal -> refuse(refusal.status());
            case Action.EndSession end -> session().hangUp(OptionalInt.of(end.cause()));
            case Action.BeginCall begin -> begin();
            case Action.ReportEnded over -> putAway(over.outcome());
        }
    }

    /** The far end may hear us from now on. */
    private void heard(Negotiation.Agreed agreement) {
        voice.complete(new WireVoice(room.media(), soundSession()));
        audible.complete(agreement);
    }

    /** RFC 3261 section 13.2.1: what answers an INVITE without an offer, and is acknowledged, makes one. */
    private Optional<MessageBody> ourOffer() {
        return offer.isEmpty() && reliably ? Optional.of(description()) : Optional.empty();
    }

    private MessageBody description() {
        return new MessageBody(MessageBody.SDP, soundSession().offer());
    }

    private void refuse(int status) {
        if (redirects.isEmpty()) {
            session().reject(status, "", Map.of());
        } else {
            session().redirect(redirects);
        }
    }

    private void begin() {
        Progress progress = ((State.Answered) state).progress();
        Negotiation.Agreed agreement = terms.orElseThrow();
        CallRunner running = CallRunner.taken(
                room,
                name,
                session(),
                mailbox,
                legMedia(),
                listener,
                new CallMachine.State.Talking(
                        progress, now() + limits.maxDuration().toNanos()),
                agreement);
        early.answered(soundSession());
        placed.complete(running);
        early.missed().ifPresent(running::media);
        heard(agreement);
        agreed.complete(agreement);
        var keeper = new DialogKeeper(journal, name.trunk());
        running.keepDialog(keeper::held);
        var unused = running.ended().thenAccept(outcome -> {
            keeper.over();
            over(outcome);
        });
    }

    private void putAway(CallOutcome outcome) {
        try {
            legMedia().finish().whenComplete((statistics, trouble) -> mailbox.execute(() -> over(outcome)));
        } catch (RuntimeException | Error broken) {
            LOG.error("call={} its sound could not be put away", name.callId(), broken);
            over(outcome);
        }
    }

    private void over(CallOutcome outcome) {
        try {
            listener.accept(new CallEvent.Ended(outcome));
        } finally {
            ended.complete(outcome);
        }
    }

    private void wakeInTime() {
        wake.at(Doorbell.nextDeadlineNanos(state));
    }

    private InviteSession session() {
        return Objects.requireNonNull(session, "the call was not taken on");
    }

    private LegMedia legMedia() {
        return Objects.requireNonNull(media, "the call was not taken on");
    }

    private MediaSession soundSession() {
        return legMedia().session();
    }

    private long now() {
        return room.nanoClock().getAsLong();
    }
}
