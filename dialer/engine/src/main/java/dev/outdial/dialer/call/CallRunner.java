package dev.outdial.dialer.call;

import dev.outdial.dialer.call.CallMachine.Action;
import dev.outdial.dialer.call.CallMachine.Event;
import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.sound.SoundDirection;
import dev.outdial.dialer.trunk.KeyMethod;
import dev.outdial.media.MediaConference;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.MediaSession;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.sip.InviteRequest;
import dev.outdial.sip.InviteSession;
import dev.outdial.sip.SipException;
import dev.outdial.sip.dialog.Dialog;
import dev.outdial.sip.dialog.NumberedDialog;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.MessageBody;
import dev.outdial.sip.message.Replaces;
import dev.outdial.sip.message.SipUri;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what {@link CallMachine} decides for one leg that has its permit: turns SIP and media events into the
 * machine's events and its actions into messages. It has no opinions.
 *
 * <p><b>Threading:</b> public methods from any thread; everything else belongs to the call's mailbox.
 */
public final class CallRunner implements RunningCall {
    private static final Logger LOG = LoggerFactory.getLogger(CallRunner.class);
    private static final int NOT_ACCEPTABLE_HERE = 488;
    private static final int NO_SUCH_CALL = 481;

    private final EngineRoom room;
    private final Mailbox mailbox;
    private final Named name;
    private final LegMedia media;
    private final Optional<Dialling> dialling;
    private final Consumer<CallEvent> listener;
    private final CompletableFuture<Negotiation.Agreed> agreed = new CompletableFuture<>();
    private final CompletableFuture<CallOutcome> ended = new CompletableFuture<>();

    private final TransferWatch transfers = new TransferWatch();
    private final Music music = new Music();

    private CallMachine.State state;
    private @Nullable InviteSession session;
    private @Nullable Renegotiation renegotiation;
    private volatile Optional<Negotiation.Agreed> terms = Optional.empty();
    private volatile List<String> redirects = List.of();
    private Consumer<NumberedDialog> keeper = dialog -> {};
    private Optional<Dialog> keptDialog = Optional.empty();
    private final Wake wake;

    /** What logs call it. */
    record Named(String callId, String trunk) {}

    /** What is sent, and the ledger's word that it may be. */
    record Dialling(InviteRequest invite, Permit permit) {
        Dialling {
            if (!permit.attempt().callId().equals(invite.callId())) {
                throw new IllegalArgumentException("the permit is for another Call-ID");
            }
        }
    }

    private CallRunner(
            EngineRoom room,
            Named name,
            Optional<Dialling> dialling,
            Mailbox mailbox,
            LegMedia media,
            Consumer<CallEvent> listener,
            CallMachine.State state) {
        this.room = room;
        this.name = name;
        this.dialling = dialling;
        this.mailbox = mailbox;
        this.wake = new Wake(mailbox, room.nanoClock(), () -> guarded(this::tick));
        this.media = media;
        this.listener = listener;
        this.state = state;
    }

    /**
     * A leg that may be dialled; nothing is sent before {@link #go}.
     *
     * @param media opened, and closed by the runner whatever happens
     * @param keys how keys go out
     * @param listener hears every event in order, on the call's mailbox: it only hands on
     */
    static CallRunner toBeDialled(
            EngineRoom room,
            CallLimits limits,
            Dialling dialling,
            Mailbox mailbox,
            MediaSession media,
            KeyMethod keys,
            Consumer<CallEvent> listener) {
        String callId = dialling.invite().callId();
        var sound = new LegMedia(callId, media, listener);
        var runner = new CallRunner(
                room,
                new Named(callId, dialling.permit().attempt().trunk()),
                Optional.of(dialling),
                mailbox,
                sound,
                listener,
                new CallMachine.State.Permitted(limits));
        if (keys == KeyMethod.INFO) sound.keysBy(runner::sendInfo);
        return runner;
    }

    /** A call to us that was answered just now, on these terms. To be called on its mailbox. */
    static CallRunner taken(
            EngineRoom room,
            Named name,
            InviteSession session,
            Mailbox mailbox,
            LegMedia media,
            Consumer<CallEvent> listener,
            CallMachine.State.Talking state,
            Negotiation.Agreed terms) {
        var runner = new CallRunner(room, name, Optional.empty(), mailbox, media, listener, state);
        runner.session = session;
        media.begin(terms, runner.now());
        runner.begin(session, terms);
        listener.accept(new CallEvent.Answered(terms.codec().name(), media.encrypted()));
        runner.wakeInTime();
        return runner;
    }

    /** Has somebody know the dialog once the call is answered, and when it changes; called on the mailbox. */
    void keepDialog(Consumer<NumberedDialog> keeps) {
        runHere(() -> {
            keeper = keeps;
            if (agreed.isDone()) keepDialog();
        });
    }

    private void keepDialog() {
        InviteSession running = session;
        Optional<NumberedDialog> now = running == null ? Optional.empty() : running.dialog();
        if (now.isEmpty() || now.map(NumberedDialog::dialog).equals(keptDialog)) return;
        keptDialog = now.map(NumberedDialog::dialog);
        keeper.accept(now.get());
    }

    @Override
    public void go() {
        runHere(() -> handle(new Event.Go(dialling.orElseThrow().permit().isValidAt(now()))));
    }

    @Override
    public void hangUp(HangUpReason reason) {
        post(new Event.HangUp(reason));
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
    public List<CompletableFuture<MediaEvent.Played>> play(List<PlayOrder> clips) {
        List<CompletableFuture<MediaEvent.Played>> results = clips.stream()
                .map(clip -> new CompletableFuture<MediaEvent.Played>())
                .toList();
        // All in one: who stops the playing stops all of them.
        talk(talking -> {
            for (int i = 0; i < clips.size(); i++) {
                PlayOrder order = clips.get(i);
                talking.play(order.clip(), order.times(), order.volumeDb(), results.get(i));
            }
        });
        return results;
    }

    @Override
    public void playBeneath(PlayOrder order) {
        talk(talking -> talking.playBeneath(order.clip(), order.volumeDb()));
    }

    @Override
    public void stopPlaying() {
        talk(talking -> talking.stopPlaying(now()));
    }

    @Override
    public CompletableFuture<MediaEvent.DigitsSent> sendDigits(String digits, int toneMillis, int pauseMillis) {
        var result = new CompletableFuture<MediaEvent.DigitsSent>();
        talk(talking -> talking.sendDigits(digits, toneMillis, pauseMillis, result, now()));
        return result;
    }

    @Override
    public CompletableFuture<String> collect(Digits rule) {
        var result = new CompletableFuture<String>();
        talk(talking -> talking.collect(rule, result, now()));
        return result;
    }

    @Override
    public CompletableFuture<Gather> gather(GatherRequest request, List<PlayOrder> prompt) {
        var begun = new CompletableFuture<Gather>();
        var gathering = new Gathering(
                request,
                !prompt.isEmpty(),
                Gathering.Waiting::plainly,
                unwanted -> talk(talking -> talking.cancel(unwanted, now())),
                result -> listener.accept(new CallEvent.GatherEnded(result)));
        talk(talking -> talking.gather(gathering, prompt, begun, now()));
        return begun;
    }

    @Override
    public void mute(SoundDirection direction, boolean muted) {
        if (direction != SoundDirection.INCOMING) media.session().muteOutgoing(muted);
        if (direction != SoundDirection.OUTGOING) media.session().muteIncoming(muted);
    }

    @Override
    public CompletableFuture<Detected> detectMachine(MachineDetection options) {
        enqueue(() -> media.detecting().ask(options));
        return media.detecting().detected();
    }

    @Override
    public CompletableFuture<Optional<GreetingEnd>> greetingEnd() {
        return media.detecting().greetingEnd();
    }

    @Override
    public void record(RecordingOrder order) {
        enqueue(() -> media.record(order));
    }

    /** The sound itself, for who joins it with another call's. */
    public MediaSession sound() {
        return media.session();
    }

    @Override
    public Voice voice() {
        return new WireVoice(room.media(), sound());
    }

    @Override
    public void startEcho(boolean packets) {
        media.session().startEcho(packets);
    }

    @Override
    public void stopEcho() {
        media.session().stopEcho();
    }

    @Override
    public void enter(MediaConference conference) {
        conference.add(sound());
    }

    @Override
    public void mute(MediaConference conference, boolean muted) {
        conference.mute(sound(), muted);
    }

    @Override
    public void leave(MediaConference conference) {
        conference.remove(sound());
    }

    @Override
    public void listenForTones(ProgressTones tones) {
        enqueue(() -> media.session().listenForTones(tones));
    }

    @Override
    public List<String> redirects() {
        return redirects;
    }

    @Override
    public Optional<Negotiation.Agreed> terms() {
        return terms;
    }

    @Override
    public void playMusic(PlayOrder order, boolean whileHeld) {
        enqueue(() -> {
            Renegotiation running = renegotiation;
            boolean wanted = !whileHeld || running != null && running.weHold();
            if (wanted && state instanceof CallMachine.State.Talking) music.play(media.session(), order);
        });
    }

    @Override
    public void stopMusic() {
        enqueue(() -> music.stop(media.session()));
    }

    @Override
    public CompletableFuture<OptionalInt> hold(boolean hold) {
        var result = new CompletableFuture<OptionalInt>();
        if (!hold) {
            var unused = result.thenAccept(refused -> {
                if (refused.isEmpty()) stopMusic();
            });
        }
        enqueue(() -> renegotiate(r -> r.hold(hold, result)));
        return result;
    }

    @Override
    public CompletableFuture<SessionEvent.TransferProgress> transfer(SipUri target) {
        var result = new CompletableFuture<SessionEvent.TransferProgress>();
        enqueue(() -> {
            InviteSession running = session;
            if (running != null && state instanceof CallMachine.State.Talking) {
                transfers.asked(result);
                running.refer(target, Optional.empty());
            }
        });
        return result;
    }

    @Override
    public CompletableFuture<SessionEvent.TransferProgress> transferTo(Talk with) {
        if (!(with instanceof CallRunner other)) throw new IllegalArgumentException("a call of another kind");
        var result = new CompletableFuture<SessionEvent.TransferProgress>();
        other.enqueue(() -> {
            InviteSession there = other.session;
            enqueue(() -> {
                InviteSession running = session;
                if (running == null || !(state instanceof CallMachine.State.Talking)) return;
                if (there != null && running.referTo(there)) {
                    transfers.asked(result);
                } else {
                    result.complete(new SessionEvent.TransferProgress(NO_SUCH_CALL, "the other call is over", true));
                }
            });
        });
        return result;
    }

    @Override
    public boolean goesBy(String trunk) {
        return name.trunk().equals(trunk);
    }

    @Override
    public CompletableFuture<Boolean> isMeantBy(Replaces replaces, String trunk) {
        var result = new CompletableFuture<Boolean>();
        enqueue(() -> {
            InviteSession running = session;
            result.complete(running != null && name.trunk().equals(trunk) && running.isMeantBy(replaces));
        });
        return result;
    }

    @Override
    public CallStatistics statistics() {
        return media.statistics();
    }

    /** What the media loop says: hands it on, and does nothing else there. */
    void media(MediaEvent event) {
        enqueue(() -> {
            media.heard(event, state instanceof CallMachine.State.Talking, now())
                    .ifPresent(this::handle);
            wakeInTime();
        });
    }

    private void post(Event event) {
        enqueue(() -> handle(event));
    }

    /** Every task of this call goes through here: one that breaks a promise ends this call and no other. */
    private void enqueue(Runnable task) {
        mailbox.execute(() -> guarded(task));
    }

    /** For the leg's own thread, which has nothing else to do and would only wait for the mailbox's. */
    private void runHere(Runnable task) {
        mailbox.executeHere(() -> guarded(task));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error broken) {
            LOG.error("call={} a promise of our own was broken", name.callId(), broken);
            handle(new Event.HangUp(HangUpReason.FAULT));
        }
    }

    private void talk(Consumer<Conversation> step) {
        enqueue(() -> media.conversation().ifPresent(talking -> {
            step.accept(talking);
            wakeInTime();
        }));
    }

    private void handle(Event event) {
        mailbox.assertOwner();
        CallMachine.State before = state;
        CallMachine.Step step = CallMachine.step(before, event, now());
        state = step.next();
        if (before.getClass() != state.getClass()) {
            LOG.debug(
                    "call={} trunk={} {} -> {}",
                    name.callId(),
                    name.trunk(),
                    before.getClass().getSimpleName(),
                    state.getClass().getSimpleName());
        }
        step.actions().forEach(this::perform);
        wakeInTime();
    }

    private void perform(Action action) {
        switch (action) {
            case Action.SendInvite send -> sendInvite();
            case Action.ReportSent sent -> listener.accept(new CallEvent.Sent());
            case Action.ReportRinging ringing ->
                listener.accept(new CallEvent.Ringing(ringing.status(), ringing.earlyMedia()));
            case Action.ReportAnswered answered ->
                listener.accept(new CallEvent.Answered(answered.codec(), media.encrypted()));
            case Action.EndSession end -> endSession(end.cause());
            case Action.ReportEnded over -> putAway(over.outcome());
        }
    }

    private void sendInvite() {
        try {
            session = room.userAgent().invite(dialling.orElseThrow().invite(), mailbox, event -> session(event));
        } catch (SipException unsendable) {
            var end = new SessionEnd(
                    SessionEnd.Cause.TRANSPORT,
                    SessionEnd.EndedBy.LOCAL,
                    OptionalInt.empty(),
                    String.valueOf(unsendable.getMessage()),
                    OptionalInt.empty(),
                    false);
            post(new Event.SessionEnded(end)); // not here and now: this step is not over
        }
    }

    private void sendInfo(MessageBody body) {
        InviteSession running = session;
        if (running != null) {
            running.info(body);
        }
    }

    private void endSession(OptionalInt cause) {
        InviteSession running = session;
        if (running != null) {
            running.hangUp(cause);
        }
        media.finish(); // no word after the good-bye
    }

    private void putAway(CallOutcome result) {
        // Through the mailbox once more: what the media still had to say, a last key perhaps, comes first.
        media.finish()
                .whenComplete((statistics, trouble) -> mailbox.execute(() -> {
                    try {
                        media.over();
                    } finally {
                        ended.complete(result);
                    }
                }));
    }

    /** What the session says, on the call's mailbox. */
    void session(SessionEvent event) {
        guarded(() -> handleSession(event));
    }

    private void handleSession(SessionEvent event) {
        switch (event) {
            case SessionEvent.Invited invited -> handle(new Event.Invited());
            case SessionEvent.Provisional p -> {
                p.body().ifPresent(body -> media.described(p.leg(), body));
                handle(new Event.Provisional(p.status(), p.body().isPresent()));
            }
            case SessionEvent.Answered answered -> answered(answered.leg(), answered.body());
            case SessionEvent.Ended over -> {
                redirects = over.end().redirects();
                handle(new Event.SessionEnded(over.end()));
            }
            case SessionEvent.Confirmed c -> {}
            case SessionEvent.Offered offered -> offered(offered);
            case SessionEvent.OfferWithdrawn withdrawn -> renegotiate(Renegotiation::withdrawn);
            case SessionEvent.OfferClosed closed -> renegotiate(r -> r.closed(closed));
            case SessionEvent.Info info -> {
                media.informed(info.body(), now());
                wakeInTime();
            }
            case SessionEvent.TransferProgress progress -> transferring(progress);
        }
    }

    private void begin(InviteSession answered, Negotiation.Agreed agreement) {
        renegotiation = new Renegotiation(media.session(), answered, agreement, listener);
        terms = Optional.of(agreement);
        keepDialog();
        agreed.complete(agreement);
    }

    private void renegotiate(Consumer<Renegotiation> step) {
        Renegotiation running = renegotiation;
        if (running != null) {
            Negotiation.Agreed before = running.terms();
            step.accept(running);
            if (running.terms() != before) media.renegotiated();
            terms = Optional.of(running.terms());
            keepDialog(); // a new offer may have brought a new Contact
        }
    }

    private void offered(SessionEvent.Offered offered) {
        InviteSession asked = session;
        if (renegotiation == null && asked != null) {
            offered.offer()
                    .flatMap(offer -> media.offered(offered.leg(), offer))
                    .ifPresentOrElse(asked::accept, () -> asked.refuse(NOT_ACCEPTABLE_HERE));
        } else {
            renegotiate(running -> running.offered(offered.offer()));
        }
    }

    private void transferring(SessionEvent.TransferProgress progress) {
        listener.accept(new CallEvent.Transferring(progress.status(), progress.reason(), progress.last()));
        transfers.told(progress);
    }

    private void answered(String leg, Optional<MessageBody> body) {
        if (!(state instanceof CallMachine.State.Calling)) {
            handle(new Event.Answered("", ""));
            return;
        }
        switch (media.answered(leg, body, now())) {
            case Negotiation.Agreed agreement -> {
                handle(new Event.Answered(agreement.codec().name(), ""));
                begin(Objects.requireNonNull(session, "an answer without a session"), agreement);
            }
            case Negotiation.Declined declined -> handle(new Event.Answered("", declined.why()));
        }
    }

    private void tick() {
        media.conversation().ifPresent(talking -> talking.tick(now()));
        handle(new Event.Tick());
    }

    private void wakeInTime() {
        OptionalLong machine = CallMachine.nextDeadlineNanos(state);
        OptionalLong talk =
                media.conversation().map(Conversation::nextDeadlineNanos).orElseGet(OptionalLong::empty);
        wake.at(earlier(machine, talk));
    }

    private static OptionalLong earlier(OptionalLong a, OptionalLong b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isPresent() ? a : b;
        }
        return a.getAsLong() - b.getAsLong() <= 0 ? a : b;
    }

    private long now() {
        return room.nanoClock().getAsLong();
    }
}
