package dev.outdial.dialer.flow.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One line of a script: what somebody does, or how the world is. */
public sealed interface CallerLine {
    /** What the person does, one after the other. */
    sealed interface Deed extends CallerLine {
        /** When it is done. */
        When when();

        /** As it is written in a script. */
        default String words() {
            String what = switch (this) {
                case Presses deed -> "presses " + deed.keys();
                case HangsUp deed -> "hangs up";
            };
            return (what + " " + when().words()).strip();
        }
    }

    /** Presses keys, {@link #KEY_APART_MILLIS} ms apart. */
    record Presses(String keys, When when) implements Deed {}

    /** Hangs up. */
    record HangsUp(When when) implements Deed {}

    /** From one key to the next. */
    int KEY_APART_MILLIS = 300;

    /** Answers our call after so long. */
    record AnswersAfter(Duration time) implements CallerLine {}

    /** It was not us who called. */
    record CallsUs() implements CallerLine {}

    /** What is found out about who answered. */
    record Is(Who who) implements CallerLine {}

    /** Who answered. */
    enum Who {
        PERSON("HUMAN"),
        MACHINE("MACHINE"),
        UNCLEAR("NOTSURE");

        private final String result;

        Who(String result) {
            this.result = result;
        }

        /** As a flow finds it in its variable. */
        public String result() {
            return result;
        }
    }

    /**
     * How a machine's greeting ends.
     *
     * @param after so long after the answer
     * @param beep with a beep, or in silence
     */
    record GreetingEnds(Duration after, boolean beep) implements CallerLine {}

    /** What comes of calling somebody else; several lines about the same target come true one after the other, the last for good. */
    record Destination(String target, Fate fate) implements CallerLine {}

    /** What comes of calling somebody. */
    sealed interface Fate {
        /**
         * Somebody answers.
         *
         * @param after how long it rings
         * @param talk how long somebody talks then
         */
        record Answers(Duration after, Duration talk) implements Fate {}

        /** It is engaged. */
        record Busy() implements Fate {}

        /** It rings in vain. */
        record NoAnswer() implements Fate {}

        /** It cannot be reached. */
        record Fails() implements Fate {}
    }

    /** What is brought when that address is asked for actions; nothing where empty. */
    record Fetch(String url, Optional<String> file) implements CallerLine {}

    /** Which file holds the flow of that id. */
    record FlowGiven(String id, String file) implements CallerLine {}

    /** A variable that is set before the flow begins, ours included. */
    record Variable(String name, String value) implements CallerLine {}

    /** Nobody takes what webhooks bring. */
    record WebhookFails() implements CallerLine {}

    /** No recording can be begun. */
    record RecordingFails() implements CallerLine {}

    /** How long a file lasts whose name contains this; it cannot be had where empty. */
    record Sound(String part, Optional<Duration> length) implements CallerLine {}

    /** Conferences are over so long after they were joined. */
    record ConferenceEnds(Duration after) implements CallerLine {}

    /** What the clock says when the call is placed. */
    record TimeIs(Instant instant) implements CallerLine {}
}
