package dev.outdial.server.cli;

import dev.outdial.dialer.Answer;
import dev.outdial.dialer.AudioClip;
import dev.outdial.dialer.Call;
import dev.outdial.dialer.CallEndedException;
import dev.outdial.dialer.DialRequest;
import dev.outdial.dialer.Dialer;
import dev.outdial.dialer.DialerException;
import dev.outdial.dialer.IncomingCall;
import dev.outdial.dialer.detect.WhoAnswered;
import dev.outdial.dialer.outcome.CallOutcome;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A call on which is done what its script says. One owner. */
final class ScriptedCall {
    private final Call call;
    private final CallScript script;
    private final CallNotes notes;
    private final Consumer<String> progress;

    /** A call that has ended: what to print and what to exit with. */
    record Done(CallResult report, CallOutcome outcome) {}

    private ScriptedCall(Call call, CallScript script, CallNotes notes, Consumer<String> progress) {
        this.call = call;
        this.script = script;
        this.notes = notes;
        this.progress = progress;
    }

    /**
     * Places the call; returns at once.
     *
     * @param progress takes a line for people, live
     * @throws IllegalArgumentException if the target makes no sense
     * @throws IllegalStateException if the dialer is closed
     */
    static ScriptedCall dial(Dialer dialer, DialRequest request, CallScript script, Consumer<String> progress) {
        var notes = new CallNotes(progress);
        return new ScriptedCall(dialer.dial(request, notes), script, notes, progress);
    }

    /**
     * Answers a call to us; returns at once.
     *
     * @param progress takes a line for people, live
     */
    static ScriptedCall answer(IncomingCall incoming, CallScript script, Consumer<String> progress) {
        var notes = new CallNotes(progress);
        return new ScriptedCall(incoming.accept(notes), script, notes, progress);
    }

    /** Follows the call to its end. */
    Done run() throws InterruptedException {
        try {
            if (script.record().isPresent()) {
                RecordOptions.Wish wish = script.record().get();
                var unused = call.record(wish.file(), wish.options());
            }
            if (call.awaitAnswer() instanceof Answer.Answered) {
                // What people read is to begin with the answer, which the listener tells.
                notes.awaitAnswered();
                if (isWorthSpeakingTo()) {
                    perform();
                }
            }
        } catch (CallEndedException over) {
            // the outcome says how
        } finally {
            call.hangUp();
        }
        CallOutcome outcome = call.awaitEnd();
        notes.awaitLast();
        return new Done(
                CallResult.of(outcome, notes, call.statistics(), script.play().size(), call.id()), outcome);
    }

    /** The call's SIP messages, to look at. */
    String ladder() {
        return call.trace().toLadder();
    }

    /** Waits until the call is answered, or over. */
    void awaitAnswered() throws InterruptedException {
        notes.awaitAnswered();
    }

    /** The time from the INVITE to the answer, as a listener sees it; empty where there was none. */
    OptionalLong setupNanos() {
        return notes.setupNanos();
    }

    /** Packet times that our side has missed so far. */
    long lateTicks() {
        return call.statistics().lateTicks();
    }

    /** Whether the call was answered and goes on; to be asked after {@link #awaitAnswered}. */
    boolean isUp() {
        return notes.isUp();
    }

    /** Ends the call, whatever its script still has to do. */
    void hangUp() {
        call.hangUp();
    }

    /** Finds out who answered where the script asks for that, and hears a machine out where it says so. */
    private boolean isWorthSpeakingTo() throws InterruptedException {
        return switch (script.machines()) {
            case IGNORED -> true;
            case HUNG_UP_ON -> {
                WhoAnswered who = call.detectMachine().verdict();
                yield who != WhoAnswered.MACHINE && who != WhoAnswered.FAX;
            }
            case HEARD_OUT -> {
                WhoAnswered who = call.detectMachine().verdict();
                if (who == WhoAnswered.MACHINE) {
                    call.awaitGreetingEnd();
                }
                yield who != WhoAnswered.FAX;
            }
        };
    }

    private void perform() throws InterruptedException {
        if (!script.play().isEmpty()) {
            progress.accept("playing " + names());
            call.play(script.play());
        }
        if (!script.sendDigits().isEmpty()) {
            try {
                call.sendDigits(script.sendDigits());
                progress.accept("pressed " + script.sendDigits());
            } catch (DialerException notTaken) {
                progress.accept(String.valueOf(notTaken.getMessage()));
            }
        }
        if (script.collect().isPresent()) {
            progress.accept("waiting for keys");
            call.collect(script.collect().get());
        }
        if (!script.park().isZero()) {
            park(script.park());
        }
        if (script.transfer().isPresent()) {
            transfer(script.transfer().get());
        }
        if (!script.hold().isZero()) {
            call.awaitEnd(script.hold());
        }
        if (script.untilHungUp()) {
            stay();
        }
    }

    private void park(Duration time) throws InterruptedException {
        try {
            call.hold();
            progress.accept("the far end is on hold");
            call.awaitEnd(time);
            call.resume();
            progress.accept("the far end is off hold");
        } catch (DialerException refused) {
            progress.accept(String.valueOf(refused.getMessage()));
        }
    }

    private void transfer(String target) throws InterruptedException {
        try {
            progress.accept("transferring to " + target);
            call.transfer(target);
            progress.accept("transferred");
        } catch (DialerException failed) {
            progress.accept(String.valueOf(failed.getMessage()));
        }
    }

    private void stay() throws InterruptedException {
        // What cannot be played must not be tried again without a pause: then the call is only held.
        while (!script.play().isEmpty() && call.play(script.play()).millis() > 0) {
            progress.accept("playing " + names());
        }
        call.awaitEnd();
    }

    private String names() {
        return script.play().stream()
                .map(AudioClip::source)
                .map(source -> source instanceof AudioClip.FromFile file
                        ? String.valueOf(file.path().getFileName())
                        : source.toString())
                .collect(Collectors.joining(", "));
    }
}
