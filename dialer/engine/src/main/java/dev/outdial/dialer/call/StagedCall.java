package dev.outdial.dialer.call;

import dev.outdial.dialer.call.CallMachine.Action;
import dev.outdial.dialer.call.CallMachine.Event;
import dev.outdial.dialer.detect.Detected;
import dev.outdial.dialer.detect.GreetingEnd;
import dev.outdial.dialer.detect.MachineDetection;
import dev.outdial.dialer.detect.WhoAnswered;
import dev.outdial.dialer.digits.DigitSource;
import dev.outdial.dialer.digits.Digits;
import dev.outdial.dialer.event.CallEvent;
import dev.outdial.dialer.gather.Gather;
import dev.outdial.dialer.gather.GatherRequest;
import dev.outdial.dialer.ledger.Permit;
import dev.outdial.dialer.outcome.CallOutcome;
import dev.outdial.dialer.outcome.CallStatistics;
import dev.outdial.dialer.sound.SoundDirection;
import dev.outdial.media.MediaConference;
import dev.outdial.media.MediaEvent;
import dev.outdial.media.codec.AudioCodec;
import dev.outdial.media.sdp.Negotiation;
import dev.outdial.media.sdp.PayloadTypes;
import dev.outdial.media.tone.ProgressTones;
import dev.outdial.sip.event.SessionEnd;
import dev.outdial.sip.event.SessionEvent;
import dev.outdial.sip.message.Replaces;
import dev.outdial.sip.message.SipUri;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A call on a {@link Stage}: what {@link CallMachine} decides is told to a {@link FarEnd} in place of being sent, and what is said and
 * collected goes through the same {@link Conversation} as on the wire.
 *
 * <p><b>Threading:</b> public methods from any thread; everything else belongs to the stage.
 */
public final class StagedCall implements RunningCall {
    private static final Duration PACKET = Duration.ofMillis(20);
    private static final int TELEPHONE_EVENT = 101;

    private final Stage stage;
    private final FarEnd farEnd;
    private final Consumer<CallEvent> listener;
    private final Optional<Permit> permit;
    private final StagedMouth mouth;
    private final CompletableFuture<Negotiation.Agreed> agreed = new CompletableFuture<>();
    private final CompletableFuture<CallOutcome> ended = new CompletableFuture<>();
    private final CompletableFuture<Detected> detected = new CompletableFuture<>();
    private final CompletableFuture<Optional<GreetingEnd>> greetingEnd = new CompletableFuture<>();
    private final List<StagedRecording> recordings = new ArrayList<>();
    private Optional<Conversation> conversation = Optional.empty();
    private DigitMerger digits = DigitMerger.START;
    private CallMachine.State state;
    private boolean detecting;
    private volatile List<String> redirects = List.of();
    private Runnable takeBackWake = () -> {};

    private StagedCall(
            Stage stage,
            FarEnd farEnd,
            Consumer<CallEvent> listener,
            Optional<Permit> permit,
            CallMachine.State state) {
        this.stage = stage;
        this.farEnd = farEnd;
        this.listener = listener;
        this.permit = permit;
        this.state = state;
        this.mouth = new StagedMouth(stage, farEnd, this::heard);
    }

    static StagedCall toBeDialled(Stage stage, LegPlan plan, Permit permit, Consumer<CallEvent> listener) {
        FarEnd farEnd = stage.farEnd(permit.attempt().trunk(), plan.attempt().target());
        return new StagedCall(
                stage, farEnd, listener, Optional.of(permit), new CallMachine.State.Permitted(plan.limits()));
    }

    /** A call to us that was answered just now; on the stage. */
    static StagedCall taken(Stage stage, FarEnd farEnd, Consumer<CallEvent> listener, CallMachine.State.Talking state) {
        var call = new StagedCall(stage, farEnd, listener, Optional.empty(), state);
        listener.accept(new CallEvent.Answered(call.begin().codec().name(), false));
        farEnd.begin(call);
        return call;
    }

    // What the far end does; on the stage.

    /** The far end rings, or sends early media. */
    public void ring(int status) {
        handle(new Event.Provisional(status, status == 183));
    }

    /** The far end picks up. */
    public void answer() {
        if (state instanceof CallMachine.State.Calling) {
            begin();
            handle(new Event.Answered(AudioCodec.PCMU.name(), ""));
        }
    }

    /** The far end, or what lies between, ends the call. */
    public void end(SessionEnd end) {
        redirects = end.redirects();
        handle(new Event.SessionEnded(end));
    }

    /** The far end pressed a key and releases it now. */
    public void press(char key, int millis, DigitSource source) {
        conversation.ifPresent(talking -> {
            DigitMerger.Heard heard = digits.heard(key, millis, source, stage.nanos());
            digits = heard.next();
            if (heard.isNew()) {
                listener.accept(new CallEvent.DigitPressed(key, millis, source));
                talking.digit(key, stage.nanos());
                wakeInTime();
            }
        });
    }

    /** What is agreed on with every far end. */
    static Negotiation.Agreed usualTerms() {
        var far = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        return new Negotiation.Agreed(
                AudioCodec.PCMU,
                0,
                OptionalInt.of(TELEPHONE_EVENT),
                OptionalInt.empty(),
                PayloadTypes.NONE.withCodec(0, AudioCodec.PCMU).withTelephoneEvent(TELEPHONE_EVENT),
                (int) PACKET.toMillis(),
                far,
                far,
                true,
                true,
                Optional.empty());
    }

    private Negotiation.Agreed begin() {
        Negotiation.Agreed terms = usualTerms();
        conversation = Optional.of(new Conversation(mouth, Optional.empty(), stage.nanos()));
        recordings.forEach(StagedRecording::begin);
        if (detecting) detect();
        // The far end's first packet after the answer.
        stage.after(PACKET.toNanos(), () -> {
            conversation.ifPresent(talking -> talking.farEndHeard(stage.nanos()));
            handle(new Event.MediaSeen());
        });
        agreed.complete(terms);
        return terms;
    }

    // What we do; from any thread.

    @Override
    public void go() {
        stage.execute(() -> handle(new Event.Go(permit.orElseThrow().isValidAt(stage.nanos()))));
    }

    @Override
    public void hangUp(HangUpReason reason) {
        stage.execute(() -> handle(new Event.HangUp(reason)));
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
    public List<String> redirects() {
        return redirects;
    }

    @Override
    public CallStatistics statistics() {
        return CallStatistics.NONE;
    }

    @Override
    public List<CompletableFuture<MediaEvent.Played>> play(List<PlayOrder> clips) {
        List<CompletableFuture<MediaEvent.Played>> results = clips.stream()
                .map(clip -> new CompletableFuture<MediaEvent.Played>())
                .toList();
        talk(talking -> {
            for (int i = 0; i < clips.size(); i++) {
                PlayOrder order = clips.get(i);
                mouth.name(order.clip(), order.name());
                talking.play(order.clip(), order.times(), order.volumeDb(), results.get(i));
            }
        });
        return results;
    }

    @Override
    public void playBeneath(PlayOrder order) {
        talk(talking -> {
            mouth.name(order.clip(), order.name());
            talking.playBeneath(order.clip(), order.volumeDb());
        });
    }

    @Override
    public void stopPlaying() {
        talk(talking -> talking.stopPlaying(stage.nanos()));
    }

    @Override
    public CompletableFuture<MediaEvent.DigitsSent> sendDigits(String keys, int toneMillis, int pauseMillis) {
        var result = new CompletableFuture<MediaEvent.DigitsSent>();
        talk(talking -> talking.sendDigits(keys, toneMillis, pauseMillis, result, stage.nanos()));
        return result;
    }

    @Override
    public CompletableFuture<String> collect(Digits rule) {
        var result = new CompletableFuture<String>();
        talk(talking -> talking.collect(rule, result, stage.nanos()));
        return result;
    }

    @Override
    public CompletableFuture<Gather> gather(GatherRequest request, List<PlayOrder> prompt) {
        var begun = new CompletableFuture<Gather>();
        var gathering = new Gathering(
                request,
                !prompt.isEmpty(),
                stage::await,
                unwanted -> talk(talking -> talking.cancel(unwanted, stage.nanos())),
                result -> listener.accept(new CallEvent.GatherEnded(result)));
        talk(talking -> {
            prompt.forEach(order -> mouth.name(order.clip(), order.name()));
            talking.gather(gathering, prompt, begun, stage.nanos());
        });
        return begun;
    }

    @Override
    public void mute(SoundDirection direction, boolean muted) {
        // What is muted is played all the same, in silence: a far end on a stage makes no difference.
    }

    @Override
    public CompletableFuture<Detected> detectMachine(MachineDetection options) {
        stage.execute(() -> {
            if (!detecting && conversation.isPresent()) detect();
            detecting = true;
        });
        return detected;
    }

    private void detect() {
        stage.after(farEnd.toldAfter().toNanos(), () -> {
            Detected who = farEnd.sounds();
            if (conversation.isEmpty()) return;
            listener.accept(new CallEvent.MachineDetected(who.verdict(), who.evidence()));
            detected.complete(who);
            if (who.verdict() != WhoAnswered.MACHINE) greetingEnd.complete(Optional.empty());
            else stage.after(farEnd.toldAfter().toNanos(), this::greeted);
        });
    }

    private void greeted() {
        if (conversation.isEmpty()) return;
        listener.accept(new CallEvent.GreetingEnded(farEnd.greetingEnd(), 0));
        greetingEnd.complete(Optional.of(farEnd.greetingEnd()));
    }

    @Override
    public CompletableFuture<Optional<GreetingEnd>> greetingEnd() {
        return greetingEnd;
    }

    @Override
    public void listenForTones(ProgressTones tones) {
        // A far end on a stage sends none.
    }

    @Override
    public void record(RecordingOrder order) {
        stage.execute(() -> {
            var recording = new StagedRecording(stage, order, listener);
            recordings.forEach(StagedRecording::replaced);
            recordings.add(recording);
            if (conversation.isPresent()) recording.begin();
        });
    }

    @Override
    public Optional<Negotiation.Agreed> terms() {
        return Optional.ofNullable(agreed.getNow(null));
    }

    @Override
    public CompletableFuture<OptionalInt> hold(boolean hold) {
        var result = new CompletableFuture<OptionalInt>();
        talk(talking -> result.complete(farEnd.held(hold)));
        return result;
    }

    @Override
    public CompletableFuture<SessionEvent.TransferProgress> transfer(SipUri target) {
        return transfer(target.toString());
    }

    private CompletableFuture<SessionEvent.TransferProgress> transfer(String target) {
        var result = new CompletableFuture<SessionEvent.TransferProgress>();
        talk(talking -> {
            int status = farEnd.transferred(target);
            listener.accept(new CallEvent.Transferring(status, "", true));
            result.complete(new SessionEvent.TransferProgress(status, "", true));
        });
        return result;
    }

    @Override
    public CompletableFuture<SessionEvent.TransferProgress> transferTo(Talk other) {
        if (!(other instanceof StagedCall staged)) throw new IllegalArgumentException("a call of another kind");
        return transfer(staged.permit.map(with -> with.attempt().target()).orElse(""));
    }

    @Override
    public boolean goesBy(String trunk) {
        return permit.map(with -> with.attempt().trunk().equals(trunk)).orElse(true);
    }

    @Override
    public CompletableFuture<Boolean> isMeantBy(Replaces replaces, String trunk) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public void playMusic(PlayOrder order, boolean whileHeld) {
        playBeneath(order);
    }

    @Override
    public void stopMusic() {
        // A far end on a stage hears that music begins.
    }

    @Override
    public Voice voice() {
        return new StagedVoice(this);
    }

    private record StagedVoice(StagedCall call) implements Voice {
        @Override
        public Joint join(Voice other, boolean passingKeys) {
            if (!(other instanceof StagedVoice there)) throw new IllegalArgumentException("a call of another kind");
            call.joined(true);
            there.call.joined(true);
            return new Joint(CompletableFuture.completedFuture(true), () -> {
                call.joined(false);
                there.call.joined(false);
            });
        }
    }

    private void joined(boolean together) {
        stage.execute(() -> farEnd.joined(together));
    }

    @Override
    public void startEcho(boolean packets) {
        // A far end on a stage hears no sound.
    }

    @Override
    public void stopEcho() {
        // It heard none.
    }

    @Override
    public void enter(MediaConference conference) {
        joined(true);
    }

    @Override
    public void mute(MediaConference conference, boolean muted) {
        // Who hears whom in a conference is not played.
    }

    @Override
    public void leave(MediaConference conference) {
        joined(false);
    }

    // What is decided.

    private void heard(MediaEvent event) {
        switch (event) {
            case MediaEvent.Played played -> {
                listener.accept(new CallEvent.Played(played.millis(), played.whole()));
                if (state instanceof CallMachine.State.Talking) {
                    conversation.ifPresent(talking -> talking.played(played, stage.nanos()));
                }
            }
            case MediaEvent.DigitsSent sent -> conversation.ifPresent(talking -> talking.digitsSent(sent));
            default -> throw new IllegalStateException("a mouth that hears: " + event);
        }
    }

    private void talk(Consumer<Conversation> step) {
        stage.execute(() -> conversation.ifPresent(talking -> {
            step.accept(talking);
            wakeInTime();
        }));
    }

    private void handle(Event event) {
        CallMachine.Step step = CallMachine.step(state, event, stage.nanos());
        state = step.next();
        step.actions().forEach(this::perform);
        wakeInTime();
    }

    private void perform(Action action) {
        switch (action) {
            case Action.SendInvite send ->
                stage.execute(() -> {
                    handle(new Event.Invited());
                    farEnd.begin(this);
                });
            case Action.ReportSent sent -> listener.accept(new CallEvent.Sent());
            case Action.ReportRinging ringing ->
                listener.accept(new CallEvent.Ringing(ringing.status(), ringing.earlyMedia()));
            case Action.ReportAnswered answered -> listener.accept(new CallEvent.Answered(answered.codec(), false));
            case Action.EndSession end -> endSession();
            case Action.ReportEnded over -> putAway(over.outcome());
        }
    }

    private void endSession() {
        boolean answered = conversation.isPresent();
        mouth.close();
        farEnd.hungUp();
        var end = new SessionEnd(
                answered ? SessionEnd.Cause.LOCAL_BYE : SessionEnd.Cause.CANCELED,
                SessionEnd.EndedBy.LOCAL,
                answered ? OptionalInt.empty() : OptionalInt.of(487),
                "",
                OptionalInt.empty(),
                answered);
        stage.execute(() -> handle(new Event.SessionEnded(end))); // not here and now: this step is not over
    }

    private void putAway(CallOutcome outcome) {
        mouth.close();
        recordings.forEach(StagedRecording::callEnded);
        conversation.ifPresent(Conversation::over);
        conversation = Optional.empty();
        ended.complete(outcome);
    }

    private void wakeInTime() {
        takeBackWake.run();
        OptionalLong machine = CallMachine.nextDeadlineNanos(state);
        OptionalLong talk = conversation.map(Conversation::nextDeadlineNanos).orElseGet(OptionalLong::empty);
        long next = Math.min(machine.orElse(Long.MAX_VALUE), talk.orElse(Long.MAX_VALUE));
        takeBackWake = next == Long.MAX_VALUE ? () -> {} : stage.after(next - stage.nanos(), this::tick);
    }

    private void tick() {
        conversation.ifPresent(talking -> talking.tick(stage.nanos()));
        handle(new Event.Tick());
    }
}
