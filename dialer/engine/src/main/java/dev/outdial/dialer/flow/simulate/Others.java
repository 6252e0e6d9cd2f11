package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.CallAction;
import dev.outdial.dialer.flow.Flow;
import dev.outdial.dialer.flow.FlowAddress;
import dev.outdial.dialer.flow.machine.FlowEvent.Result;
import dev.outdial.dialer.flow.simulate.CallerLine.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Calls to others that a flow places: they come to what the script says. */
final class Others {
    private static final Duration ENGAGED = Duration.ofSeconds(1);
    private static final Duration RING_TIME = Duration.ofSeconds(30);
    private static final int DEEPEST = 5;

    /** How many calls one simulation may place in all. */
    static final int MOST_CALLS = 100;

    /** How many are left, for a call and all that come of it. */
    static final class Budget {
        private int left = MOST_CALLS;

        boolean take() {
            return left-- > 0;
        }
    }

    private final World world;
    private final Timeline timeline;
    private final FlowSimulator.Settings settings;
    private final Budget budget;
    private final List<FlowSimulation.Placed> placed = new ArrayList<>();

    Others(World world, Timeline timeline, FlowSimulator.Settings settings, Budget budget) {
        this.world = world;
        this.timeline = timeline;
        this.settings = settings;
        this.budget = budget;
    }

    List<FlowSimulation.Placed> placed() {
        return placed;
    }

    /** Somebody who is called, and what comes of it. */
    private record Attempt(String target, Fate fate, String why) {
        Duration takes() {
            return switch (fate) {
                case Fate.Answers answers -> answers.after();
                case Fate.Busy busy -> ENGAGED;
                case Fate.Fails fails -> ENGAGED;
                case Fate.NoAnswer none -> RING_TIME;
            };
        }
    }

    private Attempt attempt(FlowAddress destination) {
        String target = destination.target();
        timeline.note(new TranscriptEvent.Calling(target));
        Optional<Fate> said = world.fate(target);
        if (said.isEmpty() && world.callee(target).isPresent()) {
            Duration after = world.callee(target)
                    .flatMap(script -> script.last(CallerLine.AnswersAfter.class))
                    .map(CallerLine.AnswersAfter::time)
                    .orElse(Duration.ofSeconds(3));
            said = Optional.of(new Fate.Answers(after, Duration.ofSeconds(10)));
        }
        return new Attempt(
                target,
                said.orElse(new Fate.NoAnswer()),
                said.map(Others::word).orElse("does not answer: no line of the script names it"));
    }

    private static String word(Fate fate) {
        return switch (fate) {
            case Fate.Answers answers -> "answers";
            case Fate.Busy busy -> "is busy";
            case Fate.Fails fails -> "cannot be reached";
            case Fate.NoAnswer none -> "does not answer";
        };
    }

    /** Calls all at once; the first who answers talks with the far end. */
    void connect(CallAction.Connect options, Consumer<Result> done) {
        List<Attempt> attempts =
                options.destinations().stream().map(this::attempt).toList();
        Optional<Attempt> winner = Optional.empty();
        for (Attempt each : attempts) {
            if (!(each.fate() instanceof Fate.Answers)) continue;
            if (winner.isEmpty() || each.takes().compareTo(winner.get().takes()) < 0) winner = Optional.of(each);
        }
        Duration decided = winner.map(Attempt::takes)
                .orElseGet(() -> attempts.stream().map(Attempt::takes).reduce(Duration.ZERO, Others::later));
        for (Attempt each : attempts) {
            if (each.fate() instanceof Fate.Answers || each.takes().compareTo(decided) > 0) continue;
            timeline.in(each.takes(), () -> timeline.note(new TranscriptEvent.NotConnected(each.target(), each.why())));
        }
        winner.ifPresentOrElse(
                partner -> timeline.in(decided, () -> talk(partner, done)),
                // The target stands for the call to it.
                () -> timeline.in(
                        decided,
                        () -> done.accept(new Result.NobodyAnswered(
                                attempts.isEmpty() ? "" : attempts.getFirst().target()))));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private void talk(Attempt partner, Consumer<Result> done) {
        timeline.note(new TranscriptEvent.Connected(partner.target()));
        Duration talk = partner.fate() instanceof Fate.Answers answers ? answers.talk() : Duration.ZERO;
        timeline.in(talk, () -> {
            timeline.note(new TranscriptEvent.Parted(partner.target()));
            done.accept(new Result.Finished());
        });
    }

    /** Calls each, with a flow that is simulated too. */
    void place(String stepId, CallAction.PlaceCalls options, Consumer<Result> done) {
        Optional<Flow> flow = world.of(options.flow());
        if (flow.isEmpty()) {
            done.accept(new Result.Failed("its flow is not known"));
            return;
        }
        for (FlowAddress destination : options.destinations()) {
            if (settings.depth() >= DEEPEST || !budget.take()) {
                done.accept(new Result.Failed(
                        "calls that come of calls: " + DEEPEST + " deep and " + MOST_CALLS + " in all are simulated"));
                return;
            }
            Attempt attempt = attempt(destination);
            if (attempt.fate() instanceof Fate.Answers answers) {
                var script = world.calleeAnswering(attempt.target(), answers.after(), timeline.now());
                FlowSimulation run = new Simulating(flow.get(), script, settings.deeper(), budget).run();
                placed.add(new FlowSimulation.Placed(stepId, timeline.now(), attempt.target(), run));
            } else {
                timeline.in(
                        attempt.takes(),
                        () -> timeline.note(new TranscriptEvent.NotConnected(attempt.target(), attempt.why())));
            }
        }
        done.accept(new Result.Finished());
    }
}
