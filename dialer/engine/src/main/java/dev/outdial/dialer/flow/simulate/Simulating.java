package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowCommand;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.flow.machine.FlowEvent;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.flow.machine.FlowHappening;
import dev.outdial.dialer.flow.machine.FlowMachine;
import dev.outdial.dialer.flow.machine.Moment;
import dev.outdial.dialer.journal.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One simulation: does what the machine says, and tells it what comes of that. Decides nothing about flows itself. */
final class Simulating {
    private static final long NEVER = Long.MAX_VALUE;

    private final Flow flow;
    private final CallerScript script;
    private final FlowSimulator.Settings settings;
    private final World world;
    private final Timeline timeline = new Timeline();
    private final Person person;
    private final Speaker speaker;
    private final Others others;
    private Optional<FlowMachine.State> state = Optional.empty();
    private Optional<FlowHappening.Ended> ended = Optional.empty();
    private final Decisions decisions;
    private String currentStep = "";

    Simulating(Flow flow, CallerScript script, FlowSimulator.Settings settings) {
        this(flow, script, settings, new Others.Budget());
    }

    Simulating(Flow flow, CallerScript script, FlowSimulator.Settings settings, Others.Budget budget) {
        this.flow = flow;
        this.script = script;
        this.settings = settings;
        this.world = new World(script, settings);
        this.person = new Person(script.all(CallerLine.Deed.class), timeline, this::press, this::farEndHangsUp);
        this.speaker = new Speaker(timeline, person, world::length, this::done);
        this.others = new Others(world, timeline, settings, budget);
        this.decisions = new Decisions(flow, timeline);
    }

    FlowSimulation run() {
        world.rings()
                .ifPresentOrElse(
                        ringing -> timeline.in(ringing, () -> {
                            timeline.note(new TranscriptEvent.Answered());
                            begin(true);
                        }),
                        () -> timeline.in(Duration.ZERO, () -> begin(false)));
        while (ended.isEmpty()) {
            long deadline = state.isEmpty()
                    ? NEVER
                    : FlowMachine.nextDeadlineNanos(state.get()).orElse(NEVER);
            long due = timeline.nextNanos().orElse(NEVER);
            if (Math.min(due, deadline) > FlowSimulator.LONGEST_CALL.toNanos()) {
                timeOver();
            } else if (due <= deadline) {
                timeline.runNext();
            } else {
                timeline.passTo(deadline);
                take(new FlowEvent.Tick());
            }
        }
        FlowHappening.Ended end = ended.get();
        return new FlowSimulation(
                script.name(),
                timeline.transcript(),
                timeline.now(),
                end.end(),
                end.why(),
                state.map(FlowMachine.State::variables).orElse(Variables.NONE),
                person.unused(),
                others.placed());
    }

    private void begin(boolean ours) {
        person.begin();
        FlowMachine.Step step = FlowMachine.begin(flow, world.variables(), ours, ours, settings.limits(), moment());
        state = Optional.of(step.next());
        step.commands().forEach(this::perform);
    }

    private Moment moment() {
        return new Moment(timeline.nowNanos(), world.begins().plusNanos(timeline.nowNanos()));
    }

    private void take(FlowEvent event) {
        if (ended.isPresent() || state.isEmpty()) return;
        decisions.remembers(state.get().variables());
        FlowMachine.Step step = FlowMachine.step(state.get(), event, moment());
        state = Optional.of(step.next());
        step.commands().forEach(this::perform);
    }

    /** Told a little later: commands of the same step come first. */
    private void soon(FlowEvent event) {
        timeline.in(Duration.ZERO, () -> take(event));
    }

    private void done(long operation, Result result) {
        soon(new FlowEvent.Done(operation, result));
    }

    private void press(char key) {
        timeline.note(new TranscriptEvent.KeyPressed(key));
        take(new FlowEvent.Key(key));
    }

    private void farEndHangsUp() {
        timeline.note(new TranscriptEvent.FarEndHungUp());
        callEnds();
    }

    private void timeOver() {
        timeline.passTo(FlowSimulator.LONGEST_CALL.toNanos());
        timeline.note(new TranscriptEvent.TimeOver());
        callEnds();
    }

    private void callEnds() {
        decisions.cutOff();
        take(new FlowEvent.CallEnded());
        if (ended.isEmpty()) ended = Optional.of(new FlowHappening.Ended(FlowEnd.CALL_ENDED, ""));
    }

    private void perform(FlowCommand command) {
        switch (command) {
            case FlowCommand.Answer c ->
                timeline.in(Duration.ZERO, () -> {
                    timeline.note(new TranscriptEvent.Answered());
                    take(new FlowEvent.Answered());
                    take(new FlowEvent.Done(c.operation(), new Result.Finished()));
                });
            case FlowCommand.Sound c -> speaker.add(c.operation(), c.sound());
            case FlowCommand.StopSound c -> speaker.stop();
            case FlowCommand.SendDigits c -> sendDigits(c);
            case FlowCommand.RecordEntry c -> record(c);
            case FlowCommand.StartRecording c -> startRecording(c);
            case FlowCommand.StopRecording c -> {
                timeline.note(new TranscriptEvent.RecordingStopped());
                done(c.operation(), new Result.Finished());
            }
            case FlowCommand.Mute c -> timeline.note(new TranscriptEvent.Muted(c.direction(), c.on()));
            case FlowCommand.StartEcho c -> timeline.note(new TranscriptEvent.Echo(true));
            case FlowCommand.StopEcho c -> timeline.note(new TranscriptEvent.Echo(false));
            case FlowCommand.DetectMachine c ->
                timeline.in(
                        world.detection(c.options()),
                        () -> take(new FlowEvent.Done(
                                c.operation(), new Result.Who(world.who().result()))));
            case FlowCommand.AwaitBeep c -> awaitBeep(c);
            case FlowCommand.Connect c ->
                others.connect(c.options(), result -> {
                    decisions.decided(result instanceof Result.Finished ? Ways.ANSWERED : Ways.NOT_ANSWERED);
                    done(c.operation(), result);
                });
            case FlowCommand.PlaceCalls c ->
                others.place(currentStep, c.options(), result -> done(c.operation(), result));
            case FlowCommand.JoinConference c -> joinConference(c);
            case FlowCommand.Fetch c ->
                brought(
                        c.operation(),
                        c.options().url(),
                        world.fetched(c.options().url()));
            case FlowCommand.FetchFlow c -> brought(c.operation(), c.flowId(), world.stored(c.flowId()));
            case FlowCommand.SendWebhook c -> sendWebhook(c);
            case FlowCommand.OptOut c -> done(c.operation(), new Result.Finished());
            case FlowCommand.HangUp c -> hangUp(c.reason(), c.referenceId());
            case FlowCommand.Tell c -> tell(c.happening());
        }
    }

    private void record(FlowCommand.RecordEntry c) {
        if (c.entry() instanceof JournalEntry.StepDone done) decisions.tookKeys(done.digits());
        soon(new FlowEvent.Recorded(c.seq()));
    }

    private void sendDigits(FlowCommand.SendDigits c) {
        timeline.note(new TranscriptEvent.KeysSent(c.digits()));
        int count = c.digits().length();
        Duration time = c.tone().multipliedBy(count).plus(c.pause().multipliedBy(Math.max(0, count - 1)));
        timeline.in(time, () -> take(new FlowEvent.Done(c.operation(), new Result.Finished())));
    }

    private void startRecording(FlowCommand.StartRecording c) {
        if (!world.takesRecordings()) {
            done(c.operation(), new Result.Failed("the recording cannot be written"));
            return;
        }
        timeline.note(new TranscriptEvent.RecordingStarted());
        done(c.operation(), new Result.Learnt(Map.of("voipbin.recording.id", "simulated")));
    }

    private void awaitBeep(FlowCommand.AwaitBeep c) {
        Optional<CallerLine.GreetingEnds> greeting = world.greeting();
        Duration answered = world.rings().orElse(Duration.ZERO);
        Duration wait = greeting.map(line -> line.after().plus(answered).minus(timeline.now()))
                .orElse(c.longest());
        boolean inTime = wait.compareTo(c.longest()) <= 0;
        String how = greeting.isPresent() && inTime ? (greeting.get().beep() ? "beep" : "silence") : "none";
        timeline.in(inTime ? wait : c.longest(), () -> {
            timeline.note(new TranscriptEvent.GreetingEnded(how));
            decisions.decided(how);
            take(new FlowEvent.Done(c.operation(), new Result.Learnt(Map.of(Variables.BEEP, how))));
        });
    }

    private void joinConference(FlowCommand.JoinConference c) {
        timeline.note(new TranscriptEvent.ConferenceJoined(c.conferenceId()));
        timeline.in(world.conference(), () -> {
            timeline.note(new TranscriptEvent.ConferenceLeft(c.conferenceId()));
            take(new FlowEvent.Done(c.operation(), new Result.Finished()));
        });
    }

    private void brought(long operation, String what, Optional<Flow> flow) {
        timeline.note(new TranscriptEvent.Fetched(what, flow.isPresent()));
        flow.ifPresent(decisions::brought);
        done(
                operation,
                flow.<Result>map(Result.Brought::new)
                        .orElse(new Result.Failed("the script has no actions for " + what)));
    }

    private void sendWebhook(FlowCommand.SendWebhook c) {
        boolean taken = world.takesWebhooks();
        timeline.note(new TranscriptEvent.WebhookSent(
                c.options().method(), c.options().url(), c.options().data(), taken));
        done(c.operation(), taken ? new Result.Finished() : new Result.Failed("nobody took it"));
    }

    private void hangUp(HangupReason reason, String referenceId) {
        timeline.note(new TranscriptEvent.HungUp(reason, referenceId.isEmpty() ? List.of() : List.of(referenceId)));
        timeline.in(Duration.ZERO, this::callEnds);
    }

    private void tell(FlowHappening happening) {
        switch (happening) {
            case FlowHappening.Started h -> {}
            case FlowHappening.RecordingStarted h -> {}
            case FlowHappening.StepStarted h -> {
                decisions.stepStarted(h.stepId(), h.type());
                currentStep = h.stepId();
                timeline.note(new TranscriptEvent.StepStarted(h.stepId(), h.type()));
            }
            case FlowHappening.StepFailed h ->
                timeline.note(new TranscriptEvent.StepFailed(h.stepId(), h.type(), h.why()));
            case FlowHappening.Jumped h -> {
                decisions.jumped(h.toStepId());
                timeline.note(new TranscriptEvent.Jumped(h.fromStepId(), h.toStepId()));
            }
            case FlowHappening.Detected h -> {
                timeline.note(new TranscriptEvent.Detected(h.result()));
                decisions.detected(h.result());
            }
            case FlowHappening.OptedOut h -> {
                timeline.note(new TranscriptEvent.OptedOut());
                decisions.decided(Ways.PRESSED);
            }
            case FlowHappening.Ended h -> {
                if (h.end() == FlowEnd.COMPLETED) decisions.wentOn();
                timeline.note(new TranscriptEvent.Ended(h.end(), h.why()));
                ended = Optional.of(h);
            }
        }
    }
}
