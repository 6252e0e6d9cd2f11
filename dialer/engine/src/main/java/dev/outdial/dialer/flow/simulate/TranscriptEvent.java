package dev.outdial.dialer.flow.simulate;

import dev.outdial.dialer.flow.HangupReason;
import dev.outdial.dialer.flow.machine.FlowEnd;
import dev.outdial.dialer.sound.SoundDirection;
import java.util.List;
import java.util.Locale;

/** What can take place in a simulated call, in the order in which it does. */
public sealed interface TranscriptEvent {
    /** The call was answered. */
    record Answered() implements TranscriptEvent {}

    /** A step of the flow begins. */
    record StepStarted(String stepId, String type) implements TranscriptEvent {}

    /** A step could not do what it should. */
    record StepFailed(String stepId, String type, String why) implements TranscriptEvent {}

    /** A step decided to go on elsewhere. */
    record Jumped(String fromStepId, String toStepId) implements TranscriptEvent {}

    /**
     * A step that has several ways on took one.
     *
     * @param way a key in quotes, {@code default}, {@code taken}, {@code true}, {@code answered} and so on
     */
    record Decided(String stepId, String way) implements TranscriptEvent {}

    /** Words begin. */
    record Said(String text, String language) implements TranscriptEvent {}

    /** A file begins. */
    record Played(String url) implements TranscriptEvent {}

    /** A tone begins. */
    record Beeped(int frequencyHz) implements TranscriptEvent {}

    /** What is heard was stopped before its end. */
    record SoundStopped() implements TranscriptEvent {}

    /** The far end pressed a key. */
    record KeyPressed(char key) implements TranscriptEvent {}

    /** We began to press keys. */
    record KeysSent(String digits) implements TranscriptEvent {}

    /** It was found out who answered: HUMAN, MACHINE or NOTSURE. */
    record Detected(String result) implements TranscriptEvent {}

    /** A machine's greeting ended: beep, silence or none. */
    record GreetingEnded(String how) implements TranscriptEvent {}

    /** A recording began. */
    record RecordingStarted() implements TranscriptEvent {}

    /** A recording ended. */
    record RecordingStopped() implements TranscriptEvent {}

    /** One does not hear the other any more, or hears it again. */
    record Muted(SoundDirection direction, boolean on) implements TranscriptEvent {}

    /** The far end begins to hear itself, or does no longer. */
    record Echo(boolean on) implements TranscriptEvent {}

    /** Somebody is called to be connected, or with a flow of their own. */
    record Calling(String target) implements TranscriptEvent {}

    /** Both hear each other from now on. */
    record Connected(String target) implements TranscriptEvent {}

    /** Somebody who was called did not answer. */
    record NotConnected(String target, String why) implements TranscriptEvent {}

    /** They do not any more. */
    record Parted(String target) implements TranscriptEvent {}

    /** The call is in a conference. */
    record ConferenceJoined(String conferenceId) implements TranscriptEvent {}

    /** It is no longer. */
    record ConferenceLeft(String conferenceId) implements TranscriptEvent {}

    /** Actions were asked for. */
    record Fetched(String what, boolean brought) implements TranscriptEvent {}

    /** Somebody was told something. */
    record WebhookSent(String method, String url, String body, boolean taken) implements TranscriptEvent {}

    /** The far end's number is on the do-not-call list. */
    record OptedOut() implements TranscriptEvent {}

    /** The far end hung up. */
    record FarEndHungUp() implements TranscriptEvent {}

    /**
     * The flow hung up.
     *
     * @param relayed whom it takes its reason from; empty where it is its own
     */
    record HungUp(HangupReason reason, List<String> relayed) implements TranscriptEvent {
        /** Copies the targets. */
        public HungUp {
            relayed = List.copyOf(relayed);
        }
    }

    /** Nothing would ever have happened again, or the longest time of a call was over. */
    record TimeOver() implements TranscriptEvent {}

    /** The flow is over. */
    record Ended(FlowEnd end, String why) implements TranscriptEvent {}

    /** One line for people. */
    default String sentence() {
        return switch (this) {
            case Answered e -> "answered";
            case StepStarted e -> "  " + e.stepId() + ": " + e.type();
            case StepFailed e -> "  " + e.stepId() + ": " + e.type() + " failed: " + e.why();
            case Jumped e -> "  " + e.fromStepId() + " -> " + e.toStepId();
            case Decided e -> "  " + e.stepId() + ": " + e.way();
            case Said e -> "says \"" + e.text() + "\"";
            case Played e -> "plays " + e.url();
            case Beeped e -> "beeps at " + e.frequencyHz() + " Hz";
            case SoundStopped e -> "sound stopped";
            case KeyPressed e -> "key " + e.key();
            case KeysSent e -> "presses " + e.digits();
            case Detected e -> "answered by: " + e.result();
            case GreetingEnded e -> "greeting ended by: " + e.how();
            case RecordingStarted e -> "recording begins";
            case RecordingStopped e -> "recording ends";
            case Muted e ->
                (e.on() ? "mutes " : "unmutes ") + e.direction().name().toLowerCase(Locale.ROOT);
            case Echo e -> e.on() ? "echo begins" : "echo ends";
            case Calling e -> "calls " + e.target();
            case Connected e -> "connected with " + e.target();
            case NotConnected e -> e.target() + ": " + e.why();
            case Parted e -> "parted from " + e.target();
            case ConferenceJoined e -> "joins conference " + e.conferenceId();
            case ConferenceLeft e -> "leaves conference " + e.conferenceId();
            case Fetched e -> "fetches " + e.what() + (e.brought() ? "" : ", in vain");
            case WebhookSent e -> e.method() + " " + e.url() + (e.taken() ? " " : ", in vain, ") + e.body();
            case OptedOut e -> "the number wants no more calls";
            case FarEndHungUp e -> "the far end hangs up";
            case HungUp e -> "hangs up: " + e.reason().word() + (e.relayed().isEmpty() ? "" : ", as " + e.relayed());
            case TimeOver e -> "the longest time of a call is over";
            case Ended e ->
                "flow ended: "
                        + e.end().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (e.why().isEmpty() ? "" : ": " + e.why());
        };
    }
}
