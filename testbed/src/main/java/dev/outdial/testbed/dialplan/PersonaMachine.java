package dev.outdial.testbed.dialplan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Walks through the steps of a {@link Persona}: pure, in simulated or real time. */
public final class PersonaMachine {

    /** What the walk waits for. */
    public sealed interface Waiting {
        /** A time has to pass. */
        record UntilTime(long deadlineNanos) implements Waiting {}

        /** The caller has to have spoken and been silent for so long. */
        record ForMessage(long silenceNanos) implements Waiting {}

        /** What is being said or pressed has to end. */
        record ForOwnSound() implements Waiting {}

        /** Nothing: the steps are over. */
        record ForNothing() implements Waiting {}
    }

    /** What happens to a callee. */
    public enum Event {
        /** The time that was waited for may have come. */
        TIME_PASSED,
        /** The caller spoke and was silent for as long as was asked. */
        MESSAGE_HEARD,
        /** Everything said and pressed is sent. */
        OWN_SOUND_ENDED
    }

    /**
     * Where the walk is.
     *
     * @param rest the steps to come
     * @param waiting what it waits for
     */
    public record State(List<Step> rest, Waiting waiting) {
        /** Copies the steps. */
        public State {
            rest = List.copyOf(rest);
        }

        /** When to wake the machine with {@link Event#TIME_PASSED}; empty for never. */
        public OptionalLong nextDeadlineNanos() {
            return waiting instanceof Waiting.UntilTime t ? OptionalLong.of(t.deadlineNanos()) : OptionalLong.empty();
        }
    }

    /**
     * The walk one event further.
     *
     * @param state where it is now
     * @param actions the steps to carry out, in order
     */
    public record Next(State state, List<Step> actions) {
        /** Copies the actions. */
        public Next {
            actions = List.copyOf(actions);
        }
    }

    private PersonaMachine() {}

    /** Begins: what the persona does at once, and what it waits for then. */
    public static Next start(Persona persona, long nowNanos) {
        return walk(persona.steps(), nowNanos);
    }

    /** Takes an event. One that is not waited for changes nothing. */
    public static Next step(State state, Event event, long nowNanos) {
        boolean goesOn = switch (state.waiting()) {
            case Waiting.UntilTime t -> event == Event.TIME_PASSED && nowNanos - t.deadlineNanos() >= 0;
            case Waiting.ForMessage m -> event == Event.MESSAGE_HEARD;
            case Waiting.ForOwnSound s -> event == Event.OWN_SOUND_ENDED;
            case Waiting.ForNothing n -> false;
        };
        return goesOn ? walk(state.rest(), nowNanos) : new Next(state, List.of());
    }

    private static Next walk(List<Step> steps, long nowNanos) {
        var actions = new ArrayList<Step>();
        for (int i = 0; i < steps.size(); i++) {
            var rest = steps.subList(i + 1, steps.size());
            switch (steps.get(i)) {
                case Step.Wait w -> {
                    return waiting(
                            actions,
                            rest,
                            new Waiting.UntilTime(nowNanos + w.time().toNanos()));
                }
                case Step.AwaitMessage m -> {
                    return waiting(
                            actions, rest, new Waiting.ForMessage(m.silence().toNanos()));
                }
                case Step.Press p -> {
                    actions.add(p);
                    return waiting(actions, rest, new Waiting.ForOwnSound());
                }
                case Step.PressAsTones p -> {
                    actions.add(p);
                    return waiting(actions, rest, new Waiting.ForOwnSound());
                }
                case Step.Say s -> {
                    actions.add(s);
                    return waiting(actions, rest, new Waiting.ForOwnSound());
                }
                case Step.SayTone s -> {
                    actions.add(s);
                    return waiting(actions, rest, new Waiting.ForOwnSound());
                }
                case Step.Ring r -> actions.add(r);
                case Step.EarlyMedia m -> actions.add(m);
                case Step.Answer a -> actions.add(a);
                case Step.PressByInfo p -> actions.add(p);
                case Step.Refuse r -> actions.add(r);
                case Step.Echo e -> actions.add(e);
                case Step.Keep k -> actions.add(k);
                case Step.HangUp h -> actions.add(h);
            }
        }
        return waiting(actions, List.of(), new Waiting.ForNothing());
    }

    private static Next waiting(List<Step> actions, List<Step> rest, Waiting waiting) {
        return new Next(new State(rest, waiting), actions);
    }
}
