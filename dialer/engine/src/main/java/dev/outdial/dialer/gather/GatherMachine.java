package dev.outdial.dialer.gather;

import dev.outdial.dialer.digits.DigitCollection;
import dev.outdial.dialer.digits.Digits;
import java.util.OptionalLong;

/**
 * Decides one gathering of keys. Pure: keys, what becomes of the prompt, and time are arguments. Whatever comes late or twice, it ends
 * once.
 */
public final class GatherMachine {
    private GatherMachine() {}

    /** How far it is. */
    public sealed interface State {
        GatherRequest request();

        /** The prompt plays; {@code typed} waits for its end: only where no key ends it. */
        record Prompting(GatherRequest request, String typed) implements State {}

        /** The next key is waited for. */
        record Collecting(GatherRequest request, DigitCollection collection) implements State {}

        record Done(GatherRequest request, Gathered result) implements State {}

        /** What was pressed so far and counts. */
        default String digits() {
            return switch (this) {
                case Prompting s -> "";
                case Collecting s -> s.collection().pressed();
                case Done s -> s.result().digits();
            };
        }

        /** The same in a word. */
        default GatherState inWord() {
            return switch (this) {
                case Prompting s -> GatherState.PROMPTING;
                case Collecting s -> GatherState.COLLECTING;
                case Done s -> GatherState.DONE;
            };
        }
    }

    /** What happens. */
    public sealed interface Event {
        /** A key, in the order in which it was pressed, those before the beginning included. */
        record Key(char key) implements Event {}

        /** The last of the prompt was sent, or is not sent at all. */
        record PromptOver() implements Event {}

        record Cancel() implements Event {}

        record HungUp() implements Event {}

        /** Some time has passed; early or twice does no harm. */
        record Tick() implements Event {}
    }

    /**
     * What comes of an event.
     *
     * @param stopsPrompt whether what is left of the prompt is not to be heard
     */
    public record Step(State next, boolean stopsPrompt) {}

    /** Begins, with a prompt that plays or without one. */
    public static State begin(GatherRequest request, boolean prompted, long nowNanos) {
        return prompted ? new State.Prompting(request, "") : collecting(request, nowNanos);
    }

    /** Takes an event. */
    public static Step step(State state, Event event, long nowNanos) {
        return switch (state) {
            case State.Prompting s -> whilePrompting(s, event, nowNanos);
            case State.Collecting s -> new Step(whileCollecting(s, event, nowNanos), false);
            case State.Done s -> new Step(s, false);
        };
    }

    /** When {@link Event.Tick} is due next. */
    public static OptionalLong nextDeadlineNanos(State state) {
        return switch (state) {
            case State.Prompting s -> OptionalLong.empty();
            case State.Collecting s -> OptionalLong.of(s.collection().deadlineNanos());
            case State.Done s -> OptionalLong.empty();
        };
    }

    private static Step whilePrompting(State.Prompting s, Event event, long now) {
        return switch (event) {
            case Event.Key k when !s.request().counts(k.key()) -> new Step(s, false);
            // The first key ends the prompt, and from then on the next one is waited for.
            case Event.Key k
            when s.request().bargeIn() -> new Step(whileCollecting(collecting(s.request(), now), k, now), true);
            case Event.Key k
            when s.request().typeAhead() && s.typed().length() < Digits.MOST ->
                new Step(new State.Prompting(s.request(), s.typed() + k.key()), false);
            case Event.Key k -> new Step(s, false);
            case Event.PromptOver e -> new Step(typed(s, now), false);
            case Event.Cancel e -> new Step(done(s, "", GatherEnd.CANCELLED), true);
            case Event.HungUp e -> new Step(done(s, "", GatherEnd.HUNG_UP), false);
            case Event.Tick e -> new Step(s, false);
        };
    }

    /** The prompt was heard: what was pressed meanwhile counts now. */
    private static State typed(State.Prompting s, long now) {
        State state = collecting(s.request(), now);
        for (int i = 0; i < s.typed().length(); i++) {
            state = step(state, new Event.Key(s.typed().charAt(i)), now).next();
        }
        return state;
    }

    private static State whileCollecting(State.Collecting s, Event event, long now) {
        return switch (event) {
            case Event.Key k
            when s.request().isTerminating(k.key()) -> done(s, s.digits(), GatherEnd.TERMINATING_DIGIT);
            case Event.Key k -> collected(s, s.collection().press(k.key(), now), GatherEnd.MAX_DIGITS);
            case Event.Tick e -> collected(s, s.collection().at(now), GatherEnd.INTER_DIGIT_TIMEOUT);
            case Event.Cancel e -> done(s, s.digits(), GatherEnd.CANCELLED);
            case Event.HungUp e -> done(s, s.digits(), GatherEnd.HUNG_UP);
            case Event.PromptOver e -> s;
        };
    }

    private static State.Collecting collecting(GatherRequest request, long now) {
        return new State.Collecting(request, DigitCollection.begin(request.rule(), now));
    }

    private static State collected(State.Collecting s, DigitCollection.Progress progress, GatherEnd whenDone) {
        return switch (progress) {
            case DigitCollection.Progress.Waiting waiting -> new State.Collecting(s.request(), waiting.collection());
            case DigitCollection.Progress.Done done -> done(s, done.digits(), whenDone);
        };
    }

    private static State.Done done(State s, String digits, GatherEnd reason) {
        return new State.Done(
                s.request(), new Gathered(digits, reason, s.request().tag()));
    }
}
