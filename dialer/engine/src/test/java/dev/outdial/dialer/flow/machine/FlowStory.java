package dev.outdial.dialer.flow.machine;

import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowAddress;
import dev.outdial.dialer.flow.FlowStep;
import dev.outdial.dialer.flow.SoundAction;
import dev.outdial.dialer.flow.Variables;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One run of a flow in simulated time: what it does is written down in words, what it asks for is done when the story says so. */
final class FlowStory {
    private final Flow flow;
    private final List<String> did = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private final Deque<Long> open = new ArrayDeque<>();
    private final Deque<Long> unkept = new ArrayDeque<>();
    private Variables variables = Variables.NONE;
    private FlowLimits limits = FlowLimits.STANDARD;
    private boolean answered = true;
    private boolean ours = true;
    private boolean journalKeeps = true;
    private long nanos = -7; // nanoTime may be negative
    private Instant instant = Instant.parse("2026-03-02T09:30:00Z"); // a Monday
    private FlowMachine.State state;

    private FlowStory(Flow flow) {
        this.flow = flow;
        this.state = new FlowMachine.State(
                new Memory(limits, ours, answered, variables, false, Frame.before(flow), 0, 0, 0, 0, 0, Map.of()),
                new Phase.Over(FlowEnd.COMPLETED));
    }

    static FlowStory of(FlowStep... steps) {
        return new FlowStory(new Flow("story", List.of(steps)));
    }

    FlowStory with(String name, String value) {
        variables = variables.with(name, value);
        return this;
    }

    FlowStory limits(int executions, int steps) {
        limits = new FlowLimits(executions, steps);
        return this;
    }

    /** Somebody calls us, and we have not answered yet. */
    FlowStory unansweredToUs() {
        answered = false;
        ours = false;
        return this;
    }

    /** We call somebody, whose telephone rings. */
    FlowStory unansweredOurs() {
        answered = false;
        return this;
    }

    /** The journal takes its time: {@link #journalKeeps()}. */
    FlowStory slowJournal() {
        journalKeeps = false;
        return this;
    }

    FlowStory at(String when) {
        instant = Instant.parse(when);
        return this;
    }

    FlowStory begin() {
        take(FlowMachine.begin(flow, variables, answered, ours, limits, now()));
        return this;
    }

    FlowStory press(String keys) {
        for (char key : keys.toCharArray()) hear(new FlowEvent.Key(key));
        return this;
    }

    /** What was asked for last is done. */
    FlowStory done() {
        return done(new Result.Finished());
    }

    FlowStory done(Result result) {
        hear(new FlowEvent.Done(open.removeLast(), result));
        return this;
    }

    /** What was asked for first and is not done is done. */
    FlowStory firstDone(Result result) {
        hear(new FlowEvent.Done(open.removeFirst(), result));
        return this;
    }

    FlowStory fails(String why) {
        return done(new Result.Failed(why));
    }

    FlowStory brought(FlowStep... steps) {
        return done(new Result.Brought(new Flow("", List.of(steps))));
    }

    FlowStory answered() {
        hear(new FlowEvent.Answered());
        return this;
    }

    FlowStory callEnds() {
        hear(new FlowEvent.CallEnded());
        return this;
    }

    FlowStory cancelled() {
        hear(new FlowEvent.Cancel());
        return this;
    }

    /** Lets time pass; the machine is woken at each of its deadlines on the way, and at the end. */
    FlowStory pass(double seconds) {
        long end = nanos + Math.round(seconds * 1e9);
        while (true) {
            var due = FlowMachine.nextDeadlineNanos(state);
            if (due.isEmpty() || due.getAsLong() - end > 0) break;
            goTo(Math.max(due.getAsLong(), nanos));
        }
        goTo(end);
        return this;
    }

    private void goTo(long then) {
        instant = instant.plusNanos(then - nanos);
        nanos = then;
        hear(new FlowEvent.Tick());
    }

    /** The journal has kept the oldest entry that it had not. */
    FlowStory journalKeeps() {
        hear(new FlowEvent.Recorded(unkept.removeFirst()));
        return this;
    }

    void hear(FlowEvent event) {
        take(FlowMachine.step(state, event, now()));
    }

    private Moment now() {
        return new Moment(nanos, instant);
    }

    private void take(FlowMachine.Step step) {
        state = step.next();
        step.commands().forEach(this::note);
        while (journalKeeps && !unkept.isEmpty()) journalKeeps();
    }

    /** What it had done, in words. */
    List<String> did() {
        return List.copyOf(did);
    }

    /** The same since this was asked last. */
    List<String> nowDid() {
        var all = List.copyOf(did);
        did.clear();
        return all;
    }

    /** What the listener heard, the beginnings of steps apart. */
    List<String> told() {
        return List.copyOf(told);
    }

    /** What the journal was given. */
    List<String> kept() {
        return List.copyOf(kept);
    }

    /** The steps that began. */
    List<String> path() {
        return List.copyOf(path);
    }

    FlowMachine.State state() {
        return state;
    }

    Optional<String> value(String name) {
        return state.variables().get(name);
    }

    String digits() {
        return value(Variables.DIGITS).orElse("");
    }

    String at() {
        return state.at().map(FlowStep::id).orElse("nowhere");
    }

    private void ask(long operation, String words) {
        open.addLast(operation);
        did.add(words);
    }

    private void note(FlowCommand command) {
        switch (command) {
            case FlowCommand.Answer c -> ask(c.operation(), "answer");
            case FlowCommand.Sound c -> ask(c.operation(), words(c.sound()));
            case FlowCommand.StopSound c -> did.add("stop sound");
            case FlowCommand.SendDigits c ->
                ask(
                        c.operation(),
                        "press " + c.digits() + " " + c.tone().toMillis() + "/"
                                + c.pause().toMillis());
            case FlowCommand.RecordEntry c -> {
                unkept.addLast(c.seq());
                var entry = (JournalEntry.StepDone) c.entry();
                kept.add(c.seq() + " " + entry.stepId() + " " + entry.digits());
            }
            case FlowCommand.StartRecording c -> ask(c.operation(), "start recording");
            case FlowCommand.StopRecording c -> ask(c.operation(), "stop recording");
            case FlowCommand.Mute c -> did.add("mute " + c.direction() + " " + c.on());
            case FlowCommand.StartEcho c -> did.add(c.packets() ? "echo packets" : "echo");
            case FlowCommand.StopEcho c -> did.add("stop echo");
            case FlowCommand.DetectMachine c -> ask(c.operation(), "detect machine");
            case FlowCommand.AwaitBeep c ->
                ask(c.operation(), "await beep " + c.longest().toSeconds());
            case FlowCommand.Connect c ->
                ask(c.operation(), "connect " + targets(c.options().destinations()));
            case FlowCommand.PlaceCalls c ->
                ask(
                        c.operation(),
                        "call " + targets(c.options().destinations()) + " "
                                + c.options().flow());
            case FlowCommand.JoinConference c -> ask(c.operation(), "join " + c.conferenceId());
            case FlowCommand.Fetch c ->
                ask(
                        c.operation(),
                        "fetch " + c.options().method() + " " + c.options().url());
            case FlowCommand.FetchFlow c -> ask(c.operation(), "fetch flow " + c.flowId());
            case FlowCommand.SendWebhook c ->
                ask(
                        c.operation(),
                        "tell " + c.options().method() + " " + c.options().url() + " "
                                + c.options().dataType() + " " + c.options().data());
            case FlowCommand.OptOut c -> ask(c.operation(), "opt out");
            case FlowCommand.HangUp c -> did.add(("hang up " + c.reason().word() + " " + c.referenceId()).strip());
            case FlowCommand.Tell c -> note(c.happening());
        }
    }

    private void note(FlowHappening happening) {
        switch (happening) {
            case FlowHappening.Started h -> told.add("started");
            case FlowHappening.RecordingStarted h -> told.add("records");
            case FlowHappening.StepStarted h -> path.add(h.stepId());
            case FlowHappening.StepFailed h -> told.add(h.stepId() + " failed: " + h.why());
            case FlowHappening.Jumped h -> told.add(h.fromStepId() + " -> " + h.toStepId());
            case FlowHappening.Detected h -> told.add("detected " + h.result());
            case FlowHappening.OptedOut h -> told.add("opted out");
            case FlowHappening.Ended h -> told.add(("ended " + h.end() + " " + h.why()).strip());
        }
    }

    private static String words(SoundAction sound) {
        return switch (sound) {
            case SoundAction.Talk talk -> "say " + talk.text();
            case SoundAction.Play play -> "play " + String.join(" ", play.urls());
            case SoundAction.Beep beep -> "beep";
        };
    }

    private static String targets(List<FlowAddress> addresses) {
        return addresses.stream().map(FlowAddress::target).collect(Collectors.joining(" "));
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
